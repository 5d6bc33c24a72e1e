"""What must be in order for the platform to run, and how to mend what is not."""

import shutil
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

OK, WARN, FAIL = "OK", "WARN", "FAIL"
LEAST_FREE, LITTLE_FREE = 0.02, 0.10
SILENT_WORKER = timedelta(minutes=5)
PDF_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PDF_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
CJK_FONTS = ("NotoSerifCJK", "NotoSansCJK", "SourceHan")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True)
class Result:
    """One line of the doctor's: how it stands, and the remedy where it does not."""

    level: str
    subject: str
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.level:<4} {self.subject}：{self.says}"
        return f"{line}  → {self.remedy}" if self.remedy else line


def examine() -> Iterator[Result]:
    """All checks, in the order in which one would mend."""
    reachable = database()
    yield reachable
    if reachable.level == OK:
        yield from (row_level_security(), migrations(), heartbeat())
    yield from (broker(), pdf_libraries(), fonts(), disk())


def database() -> Result:
    subject = _("数据库与角色")
    try:
        version, role = _row("SELECT current_setting('server_version'), current_user")
    except ImproperlyConfigured as error:
        return Result(FAIL, subject, str(error))
    except DatabaseError:
        return Result(FAIL, subject, _("连不上"), _("检查 DATABASE_URL，确认 PostgreSQL 已启动。"))
    if int(version.split(".")[0]) < 15:
        return Result(FAIL, subject, f"PostgreSQL {version}", _("请升级到 PostgreSQL 15 或更高。"))
    return Result(OK, subject, f"PostgreSQL {version}，{role}")


UNBOUND = """
SELECT count(*) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attname = 'tenant_id'
  AND relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity)
"""


def row_level_security() -> Result:
    from tenancy.forced import tenant_tables

    tables = tenant_tables()
    (unbound,) = _row(UNBOUND, [tables])
    if unbound:
        says = _("%(count)d 张租户表没有强制行级安全") % {"count": unbound}
        return Result(FAIL, _("行级安全"), says, _("运行 manage.py migrate，它结束时会重新打开。"))
    return Result(OK, _("行级安全"), _("%(count)d 张租户表") % {"count": len(tables)})


def migrations() -> Result:
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        says = _("%(count)d 个未执行") % {"count": len(waiting)}
        return Result(FAIL, _("数据库结构"), says, _("运行 manage.py migrate。"))
    return Result(OK, _("数据库结构"), _("最新"))


def heartbeat() -> Result:
    from jobs.liveness import heartbeat_ages, longest_wait

    subject, ages = _("后台进程"), heartbeat_ages()
    silent = [queue for queue, age in ages.items() if age is None or age > SILENT_WORKER]
    remedy = _("启动 Celery worker 和 beat；任务会保留，启动后继续。")
    if silent:
        return Result(WARN, subject, _("队列 %s 没有心跳") % "、".join(silent), remedy)
    if longest_wait() > SILENT_WORKER:
        return Result(WARN, subject, _("有任务等了 5 分钟以上"), remedy)
    return Result(OK, subject, "、".join(sorted(ages)))


def broker() -> Result:
    import redis

    subject = _("消息队列")
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3)
        client.ping()
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    except redis.ResponseError:
        policy = "noeviction"  # managed services hide CONFIG
    except redis.RedisError:
        remedy = _("检查 REDIS_URL，确认 Redis 已启动；页面不受影响，任务会等待。")
        return Result(FAIL, subject, _("连不上"), remedy)
    if policy != "noeviction":
        return Result(WARN, subject, f"maxmemory-policy {policy}", _("请设为 noeviction。"))
    return Result(OK, subject, _("可用"))


def pdf_libraries() -> Result:
    missing = [name for name in PDF_LIBRARIES if not find_library(name)]
    if missing:
        remedy = f"apt-get install {PDF_PACKAGES}"
        return Result(FAIL, _("PDF 组件"), _("缺少 %s") % "、".join(missing), remedy)
    return Result(OK, _("PDF 组件"), "、".join(PDF_LIBRARIES))


def fonts() -> Result:
    shipped = list((settings.VAR_DIR / "fonts").glob("*.ttf"))
    if not shipped:
        return Result(FAIL, _("中文字体"), _("还没有转换"), _("运行 make setup。"))
    if not any(_installed(name) for name in CJK_FONTS):
        remedy = "apt-get install fonts-noto-cjk"
        return Result(WARN, _("中文字体"), _("没有生僻字的后备字体"), remedy)
    return Result(OK, _("中文字体"), _("%(count)d 个") % {"count": len(shipped)})


def _installed(name: str) -> bool:
    return any(next(folder.rglob(f"{name}*"), None) for folder in FONT_FOLDERS if folder.is_dir())


def disk() -> Result:
    settings.VAR_DIR.mkdir(exist_ok=True)
    usage = shutil.disk_usage(settings.VAR_DIR)
    share = usage.free / usage.total
    level = FAIL if share < LEAST_FREE else WARN if share < LITTLE_FREE else OK
    says = _("剩余 %(free).1f GB") % {"free": usage.free / 2**30}
    return Result(level, _("磁盘"), says, "" if level == OK else _("请清理或扩充磁盘。"))


def _row(query: str, params: list[Any] | None = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
