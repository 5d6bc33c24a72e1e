"""Who may sign in."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from tenancy.models import User


class UserBackend:
    """User name and password; never the system user, an ended one or one without a tenant."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **_: Any
    ) -> User | None:
        user = self._users().filter(username=username).first()
        if user is None:
            make_password(password)  # the same work, so that time does not tell who exists
            return None
        return user if user.check_password(password) and self._may_enter(user) else None

    def get_user(self, user_id: int) -> User | None:
        user = self._users().filter(pk=user_id).first()
        return user if user and user.is_active else None

    @staticmethod
    def _users() -> Any:
        rows = User.objects.select_related("tenant")
        return rows.filter(tenant__isnull=False, is_system=False)

    @staticmethod
    def _may_enter(user: User) -> bool:
        expired = user.password_expires_at and user.password_expires_at < timezone.now()
        ended = user.tenant is not None and user.tenant.ended_at is not None
        return user.is_active and not expired and not ended
