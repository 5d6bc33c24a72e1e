import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import tenancy.isolation
from django.conf import settings
from django.db import migrations, models

from tenancy.migration import Isolate


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0001_initial'),
        ('procurement', '0002_contracts'),
        ('tenancy', '0005_verbs_of_the_ledgers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OpeningFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='项目年度')),
                ('certified', models.PositiveIntegerField(verbose_name='持证人数')),
                ('workers', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='在岗社工人数')),
                ('document', models.FileField(max_length=200, upload_to='openings/%Y/%m', verbose_name='证明文件')),
                ('attested_at', models.DateTimeField(verbose_name='登记时间')),
                ('attested_by', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opening_figures', to='procurement.project')),
                ('tenant', models.ForeignKey(db_default=tenancy.isolation.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': '期初持证数',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('tenant', 'project', 'year'), name='a_project_year_opens_once'), models.CheckConstraint(condition=models.Q(('year__gte', 1), ('year__lt', 20)), name='opening_figure_is_of_a_year_that_another_follows'), models.CheckConstraint(condition=models.Q(('certified__lte', models.F('workers')), ('workers__gte', 1)), name='opening_figure_counts_some_of_many')],
            },
        ),
        Isolate("OpeningFigure"),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=20, verbose_name='规则')),
                ('parameter', models.CharField(max_length=40, verbose_name='参数')),
                ('value', models.CharField(max_length=200, verbose_name='值')),
                ('valid_from', models.DateField(verbose_name='施行日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='最后有效日')),
                ('instrument', models.CharField(max_length=200, verbose_name='依据文件')),
                ('document', models.FileField(max_length=200, upload_to='overrides/%Y/%m', verbose_name='文件原件')),
                ('made_at', models.DateTimeField(verbose_name='登记时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('area', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.area')),
                ('ended_by', tenancy.isolation.TenantForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', tenancy.isolation.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('tenant', models.ForeignKey(db_default=tenancy.isolation.CurrentTenant(), db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': '参数调整',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='override_does_not_end_before_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('tenant', '='), ('area', '='), ('rule', '='), ('parameter', '='), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='an_area_overrides_a_parameter_once_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), _connector='OR'), name='override_end_has_actor_and_time')],
            },
        ),
        Isolate("Override"),
    ]
