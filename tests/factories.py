"""Rows for tests; they belong to the tenant in force."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tenancy.actions.appointments import Office, appoint
from tenancy.actions.tenants import create_tenant
from tenancy.areas.loading import sort_name
from tenancy.context import current_tenant_id
from tenancy.models import Appointment, Area, Organisation, Tenant, User
from tenancy.permissions import Role


class TenantFactory(DjangoModelFactory):
    class Meta:
        model = Tenant

    slug = factory.Sequence(lambda n: f"tenant-{n}")
    name = factory.Sequence(lambda n: f"租户{n}")
    pack = "guangzhou-2023"
    labels = factory.LazyFunction(dict)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_tenant(**kwargs)


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    level = "street"
    code = factory.Sequence(lambda n: f"4401{n:08d}")
    name = factory.Sequence(lambda n: f"测试{n}街道")
    sort_name = factory.LazyAttribute(lambda area: sort_name(area.name))
    parent = None
    path = factory.LazyAttribute(
        lambda area: f"{area.parent.path if area.parent else ''}{area.code}/"
    )
    counts_for_coverage = factory.LazyAttribute(lambda area: area.level == "street")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"示例社会工作服务中心{n}")
    kind = Organisation.Kind.OPERATOR
    area = factory.SubFactory(AreaFactory)


class UserFactory(DjangoModelFactory):
    """A user of the tenant in force; `role` and `area` appoint it from today."""

    class Meta:
        model = User
        exclude = ("role", "area")
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    name = factory.Sequence(lambda n: f"测试员{n}")
    tenant_id = factory.LazyFunction(current_tenant_id)
    password = "!"
    role = None
    area = None

    @classmethod
    def _generate(cls, strategy, params):
        role, area = params.pop("role", None), params.pop("area", None)
        user = super()._generate(strategy, params)
        return appointed(user, role, area) if role else user


def appointed(user: User, role: str, area: Area, starts_on: date | None = None) -> User:
    """The user, appointed by the system user."""
    office = Office(Role(role), area, starts_on or timezone.localdate())
    appoint(user=user, office=office, by=User.objects.system(current_tenant_id()))
    return user


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    role = Role.STREET_OFFICE
    starts_on = date(2026, 1, 1)
