"""Verdicts as pages show them: in words, with what they rest on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance import wording
from compliance.findings import Finding, SubjectKind
from compliance.models import RunFinding
from compliance.packs import Clause, load_pack
from tenancy.formats import num, yuan
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.templatetags.formats import ddate, dtime

AMOUNT = re.compile(r"\d+(\.\d+)?")
PARAMETERS = {
    "floor": gettext_lazy("下限"),
    "grace_days": gettext_lazy("项目开始后的宽限天数"),
    "lapsed_counts": gettext_lazy("登记过期的证书是否计入"),
    "levels": gettext_lazy("计入的证书级别"),
    "vacancy_days": gettext_lazy("缺员先提示的天数"),
    "price": gettext_lazy("购买标准（元/名·年）"),
    "renew_days": gettext_lazy("提前续签的天数"),
    "sign_days": gettext_lazy("中标通知后签约的天数"),
    "ceiling": gettext_lazy("补充金额占合同金额的上限"),
    "missing_days": gettext_lazy("应报日后仍未报的天数"),
    "pace": gettext_lazy("工时进度的提示线"),
}
LEVELS = {
    "assistant": gettext_lazy("助理社会工作师"),
    "social_worker": gettext_lazy("社会工作师"),
    "senior": gettext_lazy("高级社会工作师"),
}


class Row(NamedTuple):
    label: str
    value: str


class Link(NamedTuple):
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A row behind a verdict; `url` leads to its page, where the reader may see it."""

    kind: str
    code: str
    counts_as: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """What `_components/finding_line.html` shows."""

    key: int
    finding: Finding
    clause_text: Clause | None
    status: str
    rule: str
    title: str
    sentence: str
    shortfall: str
    inferred: bool
    clause: str
    formula: str
    rows: list[Row]
    pack: str
    links: list[Link]


def current_findings(user: User, area: Area | None = None) -> Any:
    """What the newest runs found inside the user's places, or at one area and below it."""
    paths = (area.path,) if area else user.paths_where(Permission.VIEW_FINDING)
    pack = user.tenant.pack if user.tenant else ""
    rows = RunFinding.objects.visible_to(user).current_at(paths, pack, timezone.localdate())
    return rows.select_related("run", "place").defer("evidence").most_urgent_first()


def line_of(row: RunFinding) -> Line:
    """A stored verdict in words; its run is at hand."""
    finding, pack = Finding.from_record(row.record), load_pack(row.run.pack)
    clause = pack.find_clause(finding.pack, finding.clause)
    return Line(
        key=row.pk,
        finding=finding,
        clause_text=clause,
        status=row.status,
        rule=row.rule,
        title=f"{finding.subject.name} · {wording.TITLES[row.rule]}",
        sentence=wording.sentence(finding) + wording.adjustments(finding),
        shortfall=wording.shortfall(finding),
        inferred=finding.inferred,
        clause=wording.citation(pack, clause) if clause else "—",
        formula=wording.formula(finding) or "—",
        rows=_rows(row, finding),
        pack=f"{pack.id} {row.run.pack_version}",
        links=_links(row),
    )


def _rows(row: RunFinding, finding: Finding) -> list[Row]:
    kind = str(wording.KINDS[finding.subject.kind])
    return [
        Row(kind, f"{finding.subject.name} {finding.subject.code}"),
        Row(_("核验日"), ddate(row.run.on)),
        Row(_("数据时间"), dtime(row.run.created_at)),
    ]


def _links(row: RunFinding) -> list[Link]:
    return [
        Link(_("详情"), reverse("compliance:finding-detail", args=[row.pk])),
        Link(row.place.name, row.place.get_absolute_url()),
    ]


def changed_link(rule: str, kind: str, code: str) -> Link:
    """A verdict that was given or lifted, in short, and the page of what it is about."""
    label = f"{wording.TITLES.get(rule, rule)} · {wording.KINDS[SubjectKind(kind)]} {code}"
    return Link(label, reverse("ledgers:subject", args=[kind, code]))


def evidence_of(row: RunFinding) -> list[EvidenceLine]:
    """The rows behind a verdict, people by their codes only."""
    finding = Finding.from_record(row.record, row.evidence)
    return [
        EvidenceLine(
            kind=str(wording.KINDS[piece.kind]),
            code=piece.code,
            counts_as=str(wording.COUNTS_AS[piece.counts_as]),
            url=reverse("ledgers:subject", args=[piece.kind.value, piece.code]),
        )
        for piece in finding.evidence
    ]


def parameters_of(row: RunFinding) -> Iterable[Row]:
    """The rule's parameters as the run used them, and who had changed them for this case."""
    changed = {one.parameter: one for one in Finding.from_record(row.record).adjustments}
    for name, setting in row.run.parameters.get(row.rule, {}).items():
        label, value = str(PARAMETERS.get(name, name)), value_in_words(setting["value"])
        if one := changed.get(name):
            value = _("%(value)s（%(area)s，%(instrument)s；原为 %(former)s）") % {
                "value": typed(one.value),
                "area": one.area,
                "instrument": one.instrument,
                "former": value,
            }
        yield Row(label, value)


def value_in_words(value: Any) -> str:
    """A parameter's value, from its JSON."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(_element(one) for one in value)
    return str(value)


def _element(value: Any) -> str:
    """A level of certificates, or a price that holds from a day on."""
    if isinstance(value, dict):
        price = {"day": value["from"], "yuan": yuan(Decimal(value["yuan"]))}
        return _("%(day)s 起 %(yuan)s") % price
    return str(LEVELS.get(value, value))


def typed(text: str) -> str:
    """The value of an override as it is shown."""
    if text in ("true", "false"):
        return value_in_words(text == "true")
    if AMOUNT.fullmatch(text):
        return num(Decimal(text))
    return _("、").join(str(LEVELS.get(one, one)) for one in text.split(","))
