"""The tenant of a row: declared by every model, filled in and enforced by the database."""

from enum import Enum
from typing import Any

from django.db import models

from tenancy.context import current_tenant_id


class TenancyClass(Enum):
    """Where a table's rows belong; a model that does not say fails the build."""

    TENANT = "tenant"  # row-level security, `tenant_id NOT NULL`
    SHARED = "shared"  # needed before the tenant is known; every reader filters by itself
    PLATFORM = "platform"  # the same for all tenants


# Third-party models cannot declare themselves.
FOREIGN_MODELS: dict[str, TenancyClass] = {
    "auth.Permission": TenancyClass.PLATFORM,
    "auth.Group": TenancyClass.PLATFORM,
    "contenttypes.ContentType": TenancyClass.PLATFORM,
    "guardian.UserObjectPermission": TenancyClass.PLATFORM,
    "guardian.GroupObjectPermission": TenancyClass.PLATFORM,
    "sessions.Session": TenancyClass.SHARED,
}


class CurrentTenant(models.Func):
    """`app.tenant()`: raises in the database when no tenant is set."""

    function = "app.tenant"
    output_field = models.BigIntegerField()


class TenantQuerySet(models.QuerySet[Any]):
    """Rows of the current tenant; refuses to be built without one.

    The policy alone would not: PostgreSQL never evaluates it on an empty table, and an empty
    answer looks like the truth.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        current_tenant_id()
        super().__init__(*args, **kwargs)


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference inside one tenant.

    `Isolate` (for a SHARED table, its migration) backs it by `FOREIGN KEY (tenant_id, x_id)` and an
    index that leads with the tenant, so that another tenant's id and a missing id fail alike.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs |= {"db_constraint": False, "db_index": False}
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("db_constraint", "db_index"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class TenantModel(models.Model):
    """A table of tenants' rows; follow its CreateModel with `Isolate`.

    Each model says `objects = <TenantQuerySet>.as_manager()`, so that nothing reads unguarded.
    """

    tenancy = TenancyClass.TENANT

    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        db_default=CurrentTenant(),
        db_index=False,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True
        base_manager_name = "objects"
