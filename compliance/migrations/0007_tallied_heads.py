from django.db import migrations, models

# What the runs that are kept have found, added up for each place that they counted.
ADD = """
WITH RECURSIVE heads (run_id, tenant_id, area_id, present, agreed) AS (
    SELECT run_id, tenant_id, place_id, (record ->> 'measured')::numeric,
        (record ->> 'required')::bigint
    FROM compliance_runfinding
    WHERE rule = 'POST-05' AND record ->> 'measured' IS NOT NULL
    UNION ALL
    SELECT heads.run_id, heads.tenant_id, area.parent_id, present, agreed
    FROM heads
    JOIN tenancy_area AS area ON (area.tenant_id, area.id) = (heads.tenant_id, heads.area_id)
    WHERE area.parent_id IS NOT NULL
),
added AS (
    SELECT run_id, area_id, sum(present) AS present, sum(agreed) AS agreed
    FROM heads GROUP BY run_id, area_id
)
UPDATE compliance_tally AS tally
SET heads_present = added.present, heads_agreed = added.agreed
FROM added WHERE (tally.run_id, tally.area_id) = (added.run_id, added.area_id)
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0006_findings_by_rule")]

    operations = [
        migrations.AddField(
            model_name="tally",
            name="heads_agreed",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="heads_present",
            field=models.DecimalField(decimal_places=4, default=0, max_digits=14),
        ),
        migrations.RunSQL(ADD, migrations.RunSQL.noop),
    ]
