import datetime
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tenancy', '0010_audit_filters'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='area',
            options={'base_manager_name': 'objects', 'default_permissions': (), 'permissions': [('view_area', '查看行政区划'), ('change_area', '维护行政区划'), ('view_organisation', '查看机构'), ('change_organisation', '维护机构'), ('view_appointment', '查看任命'), ('appoint', '任命与停用人员'), ('view_station', '查看社工站'), ('change_station', '维护社工站'), ('view_worker', '查看人员'), ('change_worker', '维护人员'), ('verify_certificate', '核验证书'), ('reveal_identity', '查看完整身份证号'), ('view_project', '查看购买服务项目'), ('change_project', '维护购买服务项目'), ('view_supervision', '查看督导'), ('change_supervision', '维护督导'), ('import_city', '导入台账'), ('view_finding', '查看核验结果'), ('evaluate', '发起核验'), ('override_parameter', '调整规则参数'), ('build_report', '生成合规报告'), ('issue_notice', '出具整改通知和通报'), ('view_audit', '查看审计记录')], 'verbose_name': '行政区划'},
        ),
        migrations.RemoveConstraint(
            model_name='publickey',
            name='a_token_has_a_user_and_a_year_at_most_a_report_neither',
        ),
        migrations.AlterField(
            model_name='publickey',
            name='kind',
            field=models.CharField(choices=[('token', '令牌'), ('report', '合规报告'), ('notice', '通知')], max_length=10, verbose_name='类别'),
        ),
        migrations.AddConstraint(
            model_name='publickey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__isnull', False), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=366)))), ('kind', 'token'), ('user__isnull', False)), models.Q(('expires_at__isnull', True), ('kind__in', ['report', 'notice']), ('user__isnull', True)), _connector='OR'), name='a_token_has_a_user_and_a_year_at_most_a_paper_neither'),
        ),
    ]
