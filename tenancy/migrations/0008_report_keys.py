import datetime

import django.db.models.deletion
import django.db.models.expressions
import tenancy.isolation
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenancy', '0007_messages'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='publickey', name='public_key_lives_a_year_at_most'),
        migrations.AlterField(
            model_name='publickey',
            name='kind',
            field=models.CharField(choices=[('token', '令牌'), ('report', '合规报告')], max_length=10, verbose_name='类别'),
        ),
        migrations.AlterField(
            model_name='publickey',
            name='user',
            field=tenancy.isolation.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='publickey',
            name='expires_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='publickey',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ('expires_at__gt', models.F('created_at')),
                        ('expires_at__isnull', False),
                        ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=366)))),
                        ('kind', 'token'),
                        ('user__isnull', False),
                    ),
                    models.Q(('expires_at__isnull', True), ('kind', 'report'), ('user__isnull', True)),
                    _connector='OR',
                ),
                name='a_token_has_a_user_and_a_year_at_most_a_report_neither',
            ),
        ),
    ]
