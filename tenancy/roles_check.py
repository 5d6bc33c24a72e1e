"""Refuse to run as a role that row-level security does not bind."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.signals import connection_created
from django.dispatch import receiver

QUESTION = """
SELECT rolsuper OR rolbypassrls OR EXISTS (
    SELECT FROM pg_class WHERE relname = 'tenancy_area' AND relowner = pg_roles.oid
) FROM pg_roles WHERE rolname = current_user
"""


@receiver(connection_created)
def refuse_privileged_role(connection: Any, **kwargs: object) -> None:
    """A superuser or owner in DATABASE_URL would read every tenant's rows without a sound."""
    if connection.alias != "default":
        return
    with connection.cursor() as cursor:
        cursor.execute(QUESTION)
        privileged = cursor.fetchone()[0]
    if privileged:
        connection.close()
        raise ImproperlyConfigured(
            "DATABASE_URL 用的是数据库所有者或超级用户，行级安全对它不起作用。"
            "请运行 manage.py setup_database --admin-url <管理员地址>，改用它给出的 DATABASE_URL；"
            "迁移另用 MIGRATION_DATABASE_URL。"
        )
