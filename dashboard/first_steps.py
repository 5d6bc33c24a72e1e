"""What a tenant without any verdict does first: areas, people, workbook, run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.models import Run
from compliance.summary import Summary
from stations.models import Station
from tenancy.models import Appointment, Area, Tenant, User
from tenancy.permissions import Permission

OF_THE_STEPS = frozenset(
    {Permission.CHANGE_AREA, Permission.APPOINT, Permission.IMPORT_CITY, Permission.EVALUATE}
)
LOAD_AREAS = "manage.py load_areas FILE.csv --tenant {slug} --root {code}"


@dataclass(frozen=True)
class Step:
    """Done or to do; `url` leads there whoever may, `command` is for who runs the platform."""

    title: str
    says: str
    done: bool
    action: str = ""
    url: str = ""
    command: str = ""
    is_next: bool = False


def first_steps(user: User, places: Sequence[Area], figures: Mapping[int, Summary]) -> list[Step]:
    """The steps in their order; none once a verdict is there, and for those without a part."""
    if figures or not places or not OF_THE_STEPS & user.verbs:
        return []
    facts = _how_it_stands(user)
    if facts["judged"]:
        return []
    place = places[0]
    steps = [
        _areas(user, place, facts),
        _people(user, facts),
        _workbook(user, facts),
        _run(user, place),
    ]
    following = next(step for step in steps if not step.done)
    return [replace(step, is_next=step is following) for step in steps]


def _how_it_stands(user: User) -> Any:
    """In one query; whoever of the tenant did a step, and wherever, it is done."""
    below = Area.objects.filter(valid_to=None).exclude(parent=None)
    officers = Appointment.objects.filter(ended_at=None)
    facts = {
        "areas": Exists(below.exclude(level=Area.Level.STATION)),
        "people": Exists(officers.exclude(user=user)),
        "stations": Exists(Station.objects.all()),
        "judged": Exists(Run.objects.all()),
    }
    return Tenant.objects.filter(users=user).values("slug", **facts).get()


def _areas(user: User, place: Area, facts: Any) -> Step:
    allowed = bool(user.paths_where(Permission.CHANGE_AREA))
    return Step(
        title=_("载入行政区划"),
        says=_("区县、镇街、村居从官方区划表一次载入，以后再次载入即更新。"),
        done=facts["areas"],
        command=LOAD_AREAS.format(slug=facts["slug"], code=place.code) if allowed else "",
    )


def _people(user: User, facts: Any) -> Step:
    return Step(
        title=_("任命各级人员"),
        says=_("区民政局、镇街、机构各有账号，只看得到、改得了自己的范围。"),
        done=facts["people"],
        action=_("新增任命"),
        url=_url(user, Permission.APPOINT, "tenancy:appointment-new"),
    )


def _workbook(user: User, facts: Any) -> Step:
    return Step(
        title=_("导入台账"),
        says=_("下载 Excel 模板，填入社工站、岗位、人员、项目与合同，上传后先检查再写入。"),
        done=facts["stations"],
        action=_("导入台账"),
        url=_url(user, Permission.IMPORT_CITY, "jobs:import-list"),
    )


def _run(user: User, place: Area) -> Step:
    allowed = user.paths_where(Permission.EVALUATE)
    return Step(
        title=_("发起首次核验"),
        says=_("按规则包逐条核验，说明哪里不符合、还差几人。以后每月自动核验。"),
        done=False,
        action=_("打开区划"),
        url=place.get_absolute_url() if allowed else "",
    )


def _url(user: User, verb: Permission, route: str) -> str:
    return reverse(route) if user.paths_where(verb) else ""
