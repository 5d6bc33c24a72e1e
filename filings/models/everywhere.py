"""Rows of the whole tenant: its template, rules and calendar are no place's own."""

from typing import TYPE_CHECKING, Self

from tenancy.isolation import TenantQuerySet
from tenancy.permissions import Permission

if TYPE_CHECKING:
    from tenancy.models import User


class EverywhereQuerySet(TenantQuerySet):
    """Whoever reads records anywhere reads by what they are filed."""

    def visible_to(self, user: "User", permission: Permission = Permission.VIEW_RECORD) -> Self:
        return self if user.paths_where(permission) else self.none()
