"""What a notice says, paragraph by paragraph: its paper and its document only set it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.findings import Status, SubjectKind
from compliance.models import Notice, Run, RunFinding
from compliance.packs import Pack, load_pack
from compliance.reports.problems import Problem, problem_of
from compliance.reports.sources import TOGETHER
from compliance.templatetags.compliance_words import status_name
from compliance.wording import KINDS
from tenancy.formats import NO_DATA, cdate, ddate
from tenancy.models import Area
from tenancy.templatetags.formats import dtime

NUMERALS = "一二三四"
HEADINGS = {
    Status.NOT_MET.value: gettext_lazy("不符合规定的事项"),
    Status.NO_DATA.value: gettext_lazy("数据不足、需要补充的事项"),
    Status.WATCH.value: gettext_lazy("需要关注的事项"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs under it."""

    heading: str
    paragraphs: list[str]


@dataclass(frozen=True)
class NoticeContents:
    """A notice, ready to be set."""

    notice: Notice
    run: Run
    pack: Pack
    place: str
    items: list[Problem]

    @property
    def title(self) -> str:
        told = {"place": self.place}
        if self.notice.kind == Notice.Kind.BULLETIN:
            return _("关于%(place)s有关情况的通报") % told
        return _("关于%(place)s整改事项的通知") % told

    @property
    def addressee(self) -> str:
        return _("%(addressee)s：") % {"addressee": self.notice.addressee}

    @property
    def opening(self) -> str:
        """On what the findings rest."""
        told = {
            "basis": _basis(self.pack),
            "day": cdate(self.run.on),
            "place": self.place,
            "number": len(self.items),
        }
        if self.notice.kind == Notice.Kind.BULLETIN:
            return (
                _(
                    "按照%(basis)s，对%(place)s%(day)s的台账进行了核验。现将核验发现的%(number)s项情况通报如下："
                )
                % told
            )
        return (
            _(
                "按照%(basis)s，对%(place)s%(day)s的台账进行了核验。"
                "现将核验发现的%(number)s项事项和整改要求通知如下："
            )
            % told
        )

    @property
    def sections(self) -> list[Section]:
        """The findings by their status, then what is asked for."""
        told = [*self._found(), Section(str(_("工作要求")), [self.demand, *self._remarks()])]
        return [
            Section(f"{numeral}、{one.heading}", one.paragraphs)
            for numeral, one in zip(NUMERALS, told, strict=False)
        ]

    def _found(self) -> Iterable[Section]:
        for status, heading in HEADINGS.items():
            texts = [
                _item(number, item)
                for number, item in enumerate(self.items, start=1)
                if item.status == status
            ]
            if texts:
                yield Section(str(heading), texts)

    def _remarks(self) -> Iterable[str]:
        if any(item.inferred for item in self.items):
            yield _(
                "标有“推定”的事项，所依据的要求由有关文件推定，原文没有明确规定，只提请关注，"
                "不认定为不符合。"
            )
        yield from (line.strip() for line in self.notice.remark.splitlines() if line.strip())

    @property
    def demand(self) -> str:
        """Who has to do what, by when."""
        if self.notice.kind == Notice.Kind.BULLETIN:
            return _("请对照以上情况认真检查，及时改进。")
        told = {"day": cdate(self.notice.deadline), "issuer": self.notice.issuer}
        return (
            _("请逐项整改、补充或者说明，于%(day)s前完成，并将整改结果和证明材料报%(issuer)s。")
            % told
        )

    @property
    def annex_note(self) -> str:
        return f"{self.annex_heading}：{self.annex_title}"

    @property
    def annex_heading(self) -> str:
        return _("附件")

    @property
    def annex_title(self) -> str:
        return _("事项一览表")

    @property
    def signed_on(self) -> str:
        return cdate(self.notice.signed_on)

    @property
    def foot(self) -> list[str]:
        """What every page says at its foot."""
        notice, run = self.notice, self.run
        told = (_("系统生成"), notice.place.name, f"{run.pack} {run.pack_version}")
        until = f"{_('数据截至')} {dtime(run.created_at)}"
        address = reverse("compliance:verify-code", args=[notice.check_code])
        return [
            " · ".join((*told, until)),
            f"{_('校验码')} {notice.check_code}",
            f"{_('查验')} {settings.PUBLIC_URL}{address}",
        ]

    @property
    def mark(self) -> str:
        """How long the issuer's name is, for the size at which the red head fits into a line."""
        length = len(self.notice.issuer)
        return "" if length <= 12 else "long" if length <= 18 else "longer"

    @property
    def heads(self) -> list[str]:
        """Of the table of findings."""
        heads = [_("序号"), _("结论"), _("对象"), _("要求"), _("还差")]
        return [*heads, _("整改期限")] if self.notice.deadline else heads

    @property
    def table(self) -> list[list[str]]:
        """A row for each finding."""
        return [_row(number, item, self.notice) for number, item in enumerate(self.items, start=1)]


def _row(number: int, item: Problem, notice: Notice) -> list[str]:
    status = status_name(item.status) + (_("（推定）") if item.inferred else "")
    subject = f"{item.subject} {item.code}"
    row = [str(number), status, subject, f"{item.title} {item.rule}", item.shortfall or NO_DATA]
    return [*row, ddate(notice.deadline)] if notice.deadline else row


def contents_of(notice: Notice) -> NoticeContents:
    """Read what a notice says from the findings as they were chosen: four queries."""
    named = notice.named.order_by("order").select_related("finding__place")
    rows = [one.finding for one in named.defer("finding__evidence")]
    pack, names = load_pack(notice.run.pack), _names(notice, rows)
    return NoticeContents(
        notice=notice,
        run=notice.run,
        pack=pack,
        place=_place(notice.place, names),
        items=[_told(row, pack, names) for row in rows],
    )


def _told(row: RunFinding, pack: Pack, names: dict[str, str]) -> Problem:
    """A post or a person is named with the station it belongs to."""
    item = problem_of(row, pack, names)
    if row.kind not in TOGETHER:
        return item
    kind = KINDS[SubjectKind(row.kind)]
    name = "" if item.subject == item.code else item.subject
    return replace(item, subject=f"{names[row.place.path]}{kind}{name}")


def _names(notice: Notice, rows: Sequence[RunFinding]) -> dict[str, str]:
    """By path: all areas above the findings and the place."""
    paths = {row.place.path for row in rows} | {notice.place.path}
    slugs = [path.rstrip("/").split("/") for path in paths]
    above = {"/".join(one[: depth + 1]) + "/" for one in slugs for depth in range(len(one))}
    return dict(Area.objects.filter(path__in=above).values_list("path", "name"))


def _place(place: Area, names: dict[str, str]) -> str:
    """海珠区凤阳街道社工站; the top is named only where it is meant itself."""
    if place.level == Area.Level.STATION:
        return place.name
    above = [names[path] for path in sorted(names) if place.path.startswith(path)]
    return _("%(area)s社工站") % {"area": "".join(above[1:] or above)}


def _basis(pack: Pack) -> str:
    number = f"（{pack.document}）" if pack.document else ""
    return f"《{pack.title}》{number}"


def _item(number: int, item: Problem) -> str:
    """One finding: of what, what is required and by which text, what was found, what is missing."""
    inferred = _("（推定）") if item.inferred else ""
    told = f"{number}．{item.subject}（{item.code}）{item.title}{inferred}：{item.sentence}"
    missing = _("还差：%(what)s") % {"what": item.shortfall} if item.shortfall else ""
    basis = _("依据：%(citation)s。") % {"citation": item.citation} if item.citation else ""
    return told + missing + basis
