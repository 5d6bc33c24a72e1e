from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tenancy", '0009_report_series'),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "verb", "seq"], name="audit_by_verb"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "at"], name="audit_by_time"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["tenant", "place"], name="audit_by_place"),
        ),
    ]
