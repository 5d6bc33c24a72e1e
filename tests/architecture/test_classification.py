"""Each model says whose its rows are, and each tenant's model is read through the gate."""

import pytest
from django.apps import apps
from django.db.models import Field

from filings.models import CalendarDay, CalendarYear, FilingPolicy, RecordTemplate
from tenancy.isolation import FOREIGN_MODELS, TenancyClass, TenantForeignKey, TenantQuerySet
from tenancy.models import Answer, Area, AreaGrant, Message, Submission
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet
from tests.architecture.house import FLOOR

ALL = apps.get_models(include_auto_created=True)
OWN = [model for model in ALL if model._meta.app_label in FLOOR]
TENANT = [model for model in OWN if getattr(model, "tenancy", None) is TenancyClass.TENANT]

# No page's objects: grants are read by `User.paths_where`, a form's or a program's key by its own
# sender; and what is the whole tenant's: how its records are filed.
WITHOUT_A_PLACE = {
    Answer,
    AreaGrant,
    CalendarDay,
    CalendarYear,
    FilingPolicy,
    Message,
    RecordTemplate,
    Submission,
}


def by_label(model):
    return model._meta.label


def classified(model):
    return isinstance(getattr(model, "tenancy", None), TenancyClass)


def test_every_own_model_declares_its_tenancy():
    assert [model._meta.label for model in OWN if not classified(model)] == []


def test_every_third_party_model_is_classified_and_no_other():
    foreign = {model._meta.label for model in apps.get_models() if model not in OWN}

    assert foreign <= {*FOREIGN_MODELS}, "classify it in tenancy.isolation.FOREIGN_MODELS"
    assert {*FOREIGN_MODELS} <= foreign, "no such model is installed"


def test_no_third_party_model_holds_tenants_rows():
    assert TenancyClass.TENANT not in FOREIGN_MODELS.values()


@pytest.mark.no_tenant
@pytest.mark.parametrize("model", TENANT, ids=by_label)
def test_a_tenants_model_is_never_read_without_a_tenant(model):
    assert model._meta.get_field("tenant").null is False
    for manager in (model._default_manager, model._base_manager):
        assert issubclass(manager._queryset_class, TenantQuerySet), (
            "take the default and base manager from TenantModel or a ScopedQuerySet"
        )


@pytest.mark.parametrize("model", TENANT, ids=by_label)
def test_references_between_tenants_models_stay_in_the_tenant(model):
    plain = [
        field.name
        for field in model._meta.local_fields
        if (field.many_to_one or field.one_to_one)
        and field.name != "tenant"
        and _in_a_tenant(field.remote_field.model)
        and not isinstance(field, TenantForeignKey)
    ]

    assert plain == [], (
        "use TenantForeignKey (one to one: with a unique constraint of tenant and it)"
    )
    generated = [
        field.name
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert generated == [], "write the through model, so that it is isolated"


def _in_a_tenant(model):
    """The tenant's rows, and the people, whose key carries their tenant."""
    return model in TENANT or model._meta.label == "tenancy.User"


@pytest.mark.parametrize("model", TENANT, ids=by_label)
def test_indexes_and_unique_keys_begin_with_the_tenant(model):
    declared = [
        (item.name, item.fields[0])
        for item in (*model._meta.indexes, *model._meta.constraints)
        if getattr(item, "fields", None)
    ]

    assert [name for name, first in declared if first not in {"tenant", "tenant_id"}] == []


@pytest.mark.parametrize("model", sorted({*TENANT} - WITHOUT_A_PLACE, key=by_label), ids=by_label)
def test_a_tenants_model_has_its_place_and_its_view_verb(model):
    rows = model._default_manager._queryset_class

    assert issubclass(rows, ScopedQuerySet), "its queryset is a ScopedQuerySet"
    assert isinstance(rows.view_permission, Permission)
    if "reachable" not in vars(rows):
        assert reaches_area_path(model, rows.area_path)


def reaches_area_path(model, lookup):
    """Over to-one keys only (a to-many join would repeat rows) to `Area.path`."""
    *steps, last = lookup.split("__")
    for step in steps:
        key = model._meta.get_field(step)
        if not (isinstance(key, Field) and (key.many_to_one or key.one_to_one)):
            return False
        model = key.remote_field.model
    return model is Area and last == "path"


@pytest.mark.parametrize(
    ("model", "lookup", "reaches"),
    [
        (Area, "path", True),
        (Area, "parent__path", True),
        (Area, "children__path", False),
        (Area, "parent__name", False),
        (AreaGrant, "appointment__area__path", True),
        (AreaGrant, "permission__path", False),
    ],
)
def test_what_reaches_an_area_path(model, lookup, reaches):
    assert reaches_area_path(model, lookup) is reaches
