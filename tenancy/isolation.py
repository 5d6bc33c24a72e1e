"""The tenant of a row: declared by every model, filled in and enforced by the database."""

from enum import Enum
from typing import Any, Self

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


class TenantManager(models.Manager[Any]):
    """Refuses to build a query without a tenant.

    The policy alone would not: PostgreSQL never evaluates it on an empty table, and an empty
    answer looks like the truth.
    """

    def get_queryset(self) -> Any:
        current_tenant_id()
        return super().get_queryset()


class TenantQuerySet(models.QuerySet[Any]):
    """Rows of the current tenant."""

    @classmethod
    def as_manager(cls) -> Any:
        return TenantManager.from_queryset(cls)()


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference inside one tenant.

    `Isolate` backs it by `FOREIGN KEY (tenant_id, x_id)` and an index that leads with the tenant,
    so that another tenant's id and a missing id fail alike.
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
    """A table of tenants' rows; follow its CreateModel with `Isolate`."""

    tenancy = TenancyClass.TENANT

    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        db_default=CurrentTenant(),
        db_index=False,
        editable=False,
        related_name="+",
    )

    objects: Any = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def refetched(self) -> Self:
        """The row as it stands in the database now."""
        row: Self = type(self)._default_manager.get(pk=self.pk)
        return row
