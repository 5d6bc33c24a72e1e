"""An area judged on a day by a pack: facts, verdicts, counts. Reads, and writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from compliance.facts import Loaded, load
from compliance.findings import Finding, Status, SubjectKind, count_by_status
from compliance.packs import Pack, load_pack
from compliance.rules import judge
from compliance.rules.bindings import Binding
from compliance.tallies import Tallies, tally
from jobs import collector
from tenancy.models import Area, Tenant
from tenancy.periods import Period

EXPLAINED = (SubjectKind.AREA, SubjectKind.PROJECT)


class PackNotInForce(Exception):
    """The pack does not apply on the day, and nobody named it on purpose."""

    def __init__(self, pack: Pack, on: date) -> None:
        super().__init__(pack.id, on)
        self.pack, self.on = pack, on


class AreaNotInForce(Exception):
    """The area did not exist on the day."""

    def __init__(self, area: Area, on: date) -> None:
        super().__init__(area.code, on)
        self.area, self.on = area, on


class PeriodNotBegun(Exception):
    """A report looks back; the period lies ahead."""


@dataclass(frozen=True)
class Assessment:
    """What is known and said about an area on a day."""

    area: Area
    on: date
    pack: Pack
    loaded: Loaded
    bindings: tuple[Binding, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def tallies(self) -> Tallies:
        return tally(self.loaded, self.findings, self.bindings)

    @property
    def parameters(self) -> dict[str, Any]:
        """Each rule's parameters as they were used."""
        return {one.rule: one.parameters_as_json() for one in self.bindings}

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each status, by rule; rules that judged nothing are there too."""
        return {
            binding.rule: count_by_status(_of_rule(self.findings, binding.rule))
            for binding in self.bindings
        }

    def as_json(self, tenant: Tenant) -> dict[str, Any]:
        """The published shape of an evaluation."""
        return {
            "tenant": tenant.slug,
            "area": self.area.code,
            "on": self.on.isoformat(),
            "pack": {"id": self.pack.id, "version": self.pack.version},
            "counts": count_by_status(self.findings),
            "findings": [finding.as_json() for finding in self.findings],
        }

    def worth_keeping(self) -> list[Finding]:
        """What asks for something, and the figures that pages and reports explain.

        What is not applicable is only counted, and so is what was met by the many: posts, points,
        people, contracts and stations.
        """
        return [one for one in self.findings if _is_worth_keeping(one)]


def assess(area: Area, on: date, pack: Pack) -> Assessment:
    """Judge an area and all below it as of a day."""
    if not Area.objects.in_force(on).filter(pk=area.pk).exists():
        raise AreaNotInForce(area, on)
    with collector.at_rest():
        loaded = load(area, on)
        bindings = tuple(one.knowing(loaded.facts.overrides) for one in pack.bindings)
        findings = tuple(judge(loaded.facts, bindings))
    return Assessment(area, on, pack, loaded, bindings, findings)


def assess_period(area: Area, period: Period) -> Assessment:
    """Judge an area as of the period's last day, or as of today while it runs."""
    on = min(period.last, timezone.localdate())
    if on < period.first:
        raise PeriodNotBegun(period.name)
    return assess(area, on, chosen_pack(area.tenant, on))


def _is_worth_keeping(finding: Finding) -> bool:
    if finding.status is Status.MET:
        return finding.subject.kind in EXPLAINED
    return finding.status is not Status.NOT_APPLICABLE


def chosen_pack(tenant: Tenant, on: date, named: str = "") -> Pack:
    """The pack that was named, whatever the day, else the tenant's own if it is in force."""
    pack = load_pack(named or tenant.pack)
    if not named and not pack.is_in_force(on):
        raise PackNotInForce(pack, on)
    return pack


def _of_rule(findings: Iterable[Finding], rule: str) -> Iterable[Finding]:
    return (finding for finding in findings if finding.rule == rule)
