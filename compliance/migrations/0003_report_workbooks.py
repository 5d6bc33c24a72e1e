from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0002_overrides'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='workbook',
            field=models.FileField(blank=True, default='', max_length=200, upload_to='reports/%Y/%m'),
        ),
        migrations.AddField(
            model_name='report',
            name='workbook_sha256',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
