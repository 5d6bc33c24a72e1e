import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import tenancy.isolation
from django.conf import settings
from django.db import migrations, models

from tenancy.migration import Isolate


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0004_report_keys'),
        ('tenancy', '0011_issue_notices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='notices',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
        migrations.AddField(
            model_name='report',
            name='offices',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('rectification', '整改通知书'), ('bulletin', '情况通报')], max_length=20, verbose_name='文种')),
                ('number', models.CharField(max_length=40, validators=[django.core.validators.RegexValidator('^[一-龥]{1,20}〔20[0-9]{2}〕[1-9][0-9]{0,4}号$', '写成“穗民函〔2026〕12号”：六角括号，不加“第”，不补零。')], verbose_name='发文字号')),
                ('issuer', models.CharField(max_length=60, verbose_name='发文机关')),
                ('addressee', models.CharField(max_length=200, verbose_name='主送机关')),
                ('signed_on', models.DateField(verbose_name='成文日期')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='整改期限')),
                ('remark', models.TextField(blank=True, default='', max_length=1000, verbose_name='补充说明')),
                ('check_code', models.CharField(max_length=19, verbose_name='校验码')),
                ('file', models.FileField(blank=True, default='', max_length=200, upload_to='notices/%Y/%m')),
                ('sha256', models.CharField(blank=True, default='', max_length=64)),
                ('document', models.FileField(blank=True, default='', max_length=200, upload_to='notices/%Y/%m')),
                ('document_sha256', models.CharField(blank=True, default='', max_length=64)),
                ('issued_at', models.DateTimeField(verbose_name='出具时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawal_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='撤回理由')),
                ('area', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.area')),
                ('issued_by', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.area')),
                ('run', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='compliance.run')),
                ('tenant', models.ForeignKey(db_default=tenancy.isolation.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
                ('withdrawn_by', tenancy.isolation.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '通知',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        Isolate("Notice"),
        migrations.CreateModel(
            name='NoticeFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('rule', models.CharField(max_length=20, verbose_name='规则')),
                ('kind', models.CharField(max_length=20, verbose_name='对象类别')),
                ('code', models.CharField(max_length=60, verbose_name='对象编码')),
                ('finding', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named', to='compliance.runfinding')),
                ('notice', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='compliance.notice')),
                ('tenant', models.ForeignKey(db_default=tenancy.isolation.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': '通知所列事项',
                'abstract': False,
                'base_manager_name': 'objects',
            },
        ),
        Isolate("NoticeFinding"),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['tenant', '-issued_at'], name='notice_by_time'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('tenant', 'number'), name='document_number_is_unique_among_notices_in_force'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('tenant', 'check_code'), name='notice_check_code_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[一-龥]{1,20}〔20[0-9]{2}〕[1-9][0-9]{0,4}号$')), name='document_number_has_its_form'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deadline__gt', models.F('signed_on')), ('deadline__isnull', False), ('kind', 'rectification')), models.Q(('deadline__isnull', True), ('kind', 'bulletin')), _connector='OR'), name='a_rectification_has_a_deadline_after_its_day_a_bulletin_none'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('addressee', ''), _negated=True)), name='notice_says_from_whom_and_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', ''), ('document_sha256', ''), ('file', ''), ('sha256', '')), models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('document', ''), _negated=True), models.Q(('document_sha256', ''), _negated=True)), _connector='OR'), name='notice_has_both_its_files_or_none'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_reason', ''), ('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='notice_withdrawal_has_actor_time_and_reason'),
        ),
        migrations.AddIndex(
            model_name='noticefinding',
            index=models.Index(fields=['tenant', 'rule', 'kind', 'code'], name='noticed_by_identity'),
        ),
        migrations.AddConstraint(
            model_name='noticefinding',
            constraint=models.UniqueConstraint(fields=('tenant', 'notice', 'rule', 'kind', 'code'), name='a_notice_names_a_finding_once'),
        ),
        migrations.AddConstraint(
            model_name='noticefinding',
            constraint=models.UniqueConstraint(fields=('tenant', 'notice', 'order'), name='a_notice_numbers_its_findings'),
        ),
    ]
