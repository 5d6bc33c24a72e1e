"""Evaluations that have run: what they looked at, what they found, what they counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenantForeignKey, TenantModel
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.scoping import ScopedQuerySet, within

PERSON = "worker"
# What asks to be looked at first.
URGENCY = ("not_met", "no_data", "watch", "waived", "met", "not_applicable")


class RunQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_FINDING

    def current(self, pack: str, on: date) -> Self:
        """The newest run of each area under the pack, not later than the day."""
        runs = self.filter(pack=pack, on__lte=on)
        return runs.order_by("area_id", "-on", "-created_at", "-pk").distinct("area_id")

    def reaching(self, paths: Iterable[str]) -> Self:
        """Runs of the areas and of all areas above them."""
        slugs = [path.rstrip("/").split("/") for path in paths]
        above = {"/".join(one[: depth + 1]) + "/" for one in slugs for depth in range(len(one))}
        return self.filter(area__path__in=above)


class Run(TenantModel):
    """One evaluation of an area as of a day. Its inputs' hash and parameters never change."""

    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    on = models.DateField(_("核验日"))
    pack = models.CharField(_("规则包"), max_length=60)
    pack_version = models.CharField(_("规则包版本"), max_length=40)
    parameters = models.JSONField(default=dict)
    inputs_hash = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    requested_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("数据时间"))

    objects = RunQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("核验")
        indexes = [
            models.Index(fields=["tenant", "area", "-on", "-created_at"], name="run_by_area"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.on}"

    def count(self, status: str) -> int:
        """How many verdicts of a status, over all rules."""
        return sum(by_status.get(status, 0) for by_status in self.counts.values())


class RunFindingQuerySet(ScopedQuerySet):
    """A verdict belongs to its subject's place: a street finds its own in the city's run.

    Verdicts on people are for those who may see people there.
    """

    area_path = "place__path"
    view_permission = Permission.VIEW_FINDING

    def visible_to(self, user: User, permission: Permission | None = None) -> Self:
        verb = permission or self.view_permission
        paths, of_people = user.paths_where(verb), user.paths_where(Permission.VIEW_WORKER)
        rows = self.filter(self.reachable(paths))
        if paths == of_people:
            return rows
        return rows.filter(~Q(kind=PERSON) | self.reachable(of_people))

    def current_at(self, paths: tuple[str, ...], pack: str, on: date) -> Self:
        """The verdicts inside the paths, each from the newest run that reaches its path."""
        runs = Run.objects.reaching(paths).current(pack, on)
        newest = sorted(runs.values_list("on", "created_at", "pk", "area__path"), reverse=True)
        inside: dict[int, list[str]] = {}
        for path in paths:
            run = next((pk for *_, pk, above in newest if path.startswith(above)), None)
            if run is not None:
                inside.setdefault(run, []).append(path)
        chosen = Q(pk__in=[])
        for run, reached in inside.items():
            chosen |= Q(run=run) & within(self.area_path, reached)
        return self.filter(chosen)

    def most_urgent_first(self) -> Self:
        rank = [When(status=status, then=Value(rank)) for rank, status in enumerate(URGENCY)]
        urgency = Case(*rank, default=Value(len(URGENCY)))
        return self.order_by(urgency, "rule", "kind", "code", "pk")


class RunFinding(TenantModel):
    """A verdict of a run; what asks for nothing and explains no figure is only counted."""

    run = TenantForeignKey(Run, models.CASCADE, related_name="findings")
    place = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    rule = models.CharField(_("规则"), max_length=20)
    kind = models.CharField(_("对象类别"), max_length=20)
    code = models.CharField(_("对象编码"), max_length=60)
    status = models.CharField(_("结论"), max_length=20)
    record = models.JSONField()
    evidence = models.JSONField(default=list)  # apart, because lists of verdicts do without

    objects = RunFindingQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("核验结果")
        indexes = [
            models.Index(fields=["tenant", "run", "status"], name="finding_by_run_and_status"),
            models.Index(fields=["tenant", "run", "rule"], name="finding_by_run_and_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.code}"


class TallyQuerySet(ScopedQuerySet):
    area_path = "area__path"
    view_permission = Permission.VIEW_FINDING

    def current(self, areas: Iterable[Area], pack: str, on: date) -> Self:
        """The newest tally of each area under the pack, not later than the day."""
        newest = self.filter(area__in=areas, run__pack=pack, run__on__lte=on)
        order = ("area_id", "-run__on", "-run__created_at", "-run_id")
        shown = newest.select_related("run").defer("run__parameters", "run__counts")
        return shown.order_by(*order).distinct("area_id")

    def between(self, area: Area, pack: str, first: date, last: date) -> Self:
        """An area's tallies by the pack's runs of some days, the oldest first."""
        rows = self.filter(area=area, run__pack=pack, run__on__range=(first, last))
        return rows.order_by("run__on", "run__created_at", "run_id")


class Tally(TenantModel):
    """What a run counted at one place and all below it."""

    run = TenantForeignKey(Run, models.CASCADE, related_name="tallies")
    area = TenantForeignKey("tenancy.Area", models.PROTECT, related_name="+")
    streets = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)
    workers = models.PositiveIntegerField(default=0)
    certified = models.PositiveIntegerField(default=0)
    people_missing = models.PositiveIntegerField(default=0)
    heads_present = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    heads_agreed = models.PositiveIntegerField(default=0)
    counts: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    objects = TallyQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("核验计数")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "area"], name="a_run_tallies_an_area_once"
            ),
            models.CheckConstraint(
                condition=Q(covered__lte=models.F("streets"))
                & Q(certified__lte=models.F("workers")),
                name="tally_counts_some_of_many",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "area", "run"], name="tally_by_area")]
