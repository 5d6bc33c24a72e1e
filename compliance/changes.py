"""What a run found otherwise than the run before it."""

from dataclasses import dataclass

from django.db.models import Q

from compliance.findings import Status
from compliance.models import Run, RunFinding
from tenancy.models import Area, User

Identity = tuple[str, str, str]  # rule, kind and code


@dataclass(frozen=True)
class Changes:
    """`since` is the run before; without one everything broken is new."""

    since: Run | None
    failing: list[Identity]
    mended: list[Identity]


def changes_of(run: Run, user: User, area: Area | None = None) -> Changes:
    """What is newly broken and what no longer is, as far as the user may see it (at an area)."""
    former = previous(run)
    now, before = (_broken(one, user, area) for one in (run, former))
    return Changes(former, sorted(now - before), sorted(before - now))


def previous(run: Run) -> Run | None:
    """The newest earlier run of the same area under the same pack."""
    earlier = Q(on__lt=run.on) | Q(on=run.on, created_at__lt=run.created_at)
    earlier |= Q(on=run.on, created_at=run.created_at, pk__lt=run.pk)
    rows = Run.objects.filter(earlier, area=run.area_id, pack=run.pack)
    found: Run | None = rows.order_by("on", "created_at", "pk").last()
    return found


def broken(run: Run) -> dict[Identity, str]:
    """All that a run found not met, with the names of the subjects."""
    rows = run.findings.filter(status=Status.NOT_MET.value)
    told = rows.values_list("rule", "kind", "code", "record__subject__name")
    return {(rule, kind, code): name for rule, kind, code, name in told}


def _broken(run: Run | None, user: User, area: Area | None) -> set[Identity]:
    if run is None:
        return set()
    rows = RunFinding.objects.visible_to(user).filter(run=run, status=Status.NOT_MET.value)
    here = rows.below(area.path) if area else rows
    return set(here.values_list("rule", "kind", "code"))
