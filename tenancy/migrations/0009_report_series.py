from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenancy', '0008_report_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='tenant',
            name='monthly_reports',
            field=models.BooleanField(default=False, verbose_name='每月自动生成报告'),
        ),
        migrations.AddField(
            model_name='tenant',
            name='quarterly_reports',
            field=models.BooleanField(default=False, verbose_name='每季自动生成报告'),
        ),
    ]
