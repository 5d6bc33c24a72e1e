"""A row of every tenant's model, found through the factories: whoever adds a model adds one too."""

from graphlib import TopologicalSorter

from django.apps import apps
from factory.django import DjangoModelFactory

from stations.models import Station
from supervision.models import Assignment, Supervisor
from tenancy import audit
from tenancy.audit import append_pending
from tenancy.context import current_tenant_id
from tenancy.isolation import TenancyClass
from tenancy.models import Appointment, Area, AreaGrant, AuditEvent, Message, Submission, User
from tests.compliance import notices  # noqa: F401 has factories of its own
from tests.factories import (
    AreaFactory,
    AssignmentFactory,
    StationFactory,
    UserFactory,
    appointed,
)
from tests.filings import factories as filings  # noqa: F401 the same

TENANT_MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if getattr(model, "tenancy", None) is TenancyClass.TENANT
]


class NoWayToMakeARow(Exception):
    """Neither a factory nor another model's factory makes rows of the model."""


def factories():
    """The factory of each model, wherever it is written."""
    found, waiting = {}, DjangoModelFactory.__subclasses__()
    while waiting:
        factory = waiting.pop()
        waiting += factory.__subclasses__()
        if factory._meta.model:
            found.setdefault(factory._meta.model, factory)
    return found


def fill(street):
    """At least one row of each tenant's model, at the street; what was made, by model."""
    kit = {Area: street, User: UserFactory()}
    for model in _targets_first():
        kit[model] = kit.get(model) or _existing(model) or _made(model, kit)
    return kit


def planted():
    """A root and a street below it."""
    root = AreaFactory(level="city", code="440100000000", name="广州市")
    return AreaFactory(parent=root)


def _targets_first():
    graph = {model: {target for _, target in _required(model)} for model in TENANT_MODELS}
    return [model for model in TopologicalSorter(graph).static_order() if model in graph]


def _required(model):
    return [
        (field.name, field.remote_field.model)
        for field in model._meta.local_fields
        if field.is_relation and not field.null and field.name != "tenant"
    ]


def _existing(model):
    """What another row's factory, or an appointment, has brought along."""
    return model._default_manager.first()


def _made(model, kit):
    if model in SPECIAL:
        return SPECIAL[model](kit)
    factory = factories().get(model)
    if factory:
        return factory(**_declared(factory, kit))
    if _says_more_than_references(model):
        raise NoWayToMakeARow(f"{model._meta.label}: add its factory to tests/factories.py")
    return model._default_manager.create(**{name: kit[target] for name, target in _required(model)})


def _says_more_than_references(model):
    return any(
        not (field.is_relation or field.primary_key or field.null or field.has_default())
        for field in model._meta.local_fields
    )


def _declared(factory, kit):
    """The kit's rows for what the factory would otherwise make anew, far from the street."""
    return {
        name: kit[declaration.get_factory()._meta.model]
        for name, declaration in factory._meta.declarations.items()
        if hasattr(declaration, "get_factory")
        and kit.get(declaration.get_factory()._meta.model) is not None
    }


def _appointment(kit):
    appointed(kit[User], "street_office", kit[Area])
    return Appointment.objects.get(user=kit[User])


def _audit_event(kit):
    audit.record(verb="fill", by=User.objects.system(current_tenant_id()), place=kit[Area].path)
    append_pending()
    return AuditEvent.objects.latest("seq")


def _assignment(kit):
    station = Station.objects.first() or StationFactory(street=kit[Area])
    return AssignmentFactory(supervisor=kit[Supervisor], station=station)


# Rows that only actions write, and one that may point at either of two models.
SPECIAL = {
    Appointment: _appointment,
    Assignment: _assignment,
    AreaGrant: lambda kit: AreaGrant.objects.filter(appointment=kit[Appointment]).first(),
    AuditEvent: _audit_event,
    Message: lambda kit: Message.objects.create(recipient=kit[User], key="k", kind="job_done"),
    Submission: lambda kit: Submission.objects.create(
        user=kit[User], key="k" * 32, content="0" * 64
    ),
}
