"""Reports made before can be verified as well."""

from django.db import migrations

KEYS = """
INSERT INTO tenancy_publickey (hash, kind, tenant_id, created_at)
SELECT encode(sha256(convert_to(check_code, 'UTF8')), 'hex'), 'report', tenant_id, created_at
FROM compliance_report
"""


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0003_report_workbooks'),
        ('tenancy', '0008_report_keys'),
    ]

    operations = [
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
    ]
