"""The charts of a place, each with the numbers of its table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.facts.overrides import bindings_at
from compliance.packs import load_pack
from compliance.rules.bindings import Binding, Setting
from compliance.shares import Share
from compliance.summary import Heads, Month, Summary, months
from compliance.wording import adjusted
from dashboard.panels import Part
from tenancy import charts, formats
from tenancy.models import Area, User
from tenancy.periods import twelve_months
from tenancy.reading import is_english

MOST_BARS = 20  # more are a table


@dataclass(frozen=True)
class Picture:
    """A drawing with its heading, what has to be said of it, and the rows of its table."""

    title: str
    note: str
    svg: SafeString
    heads: tuple[str, str]
    rows: list[tuple[str, str]]


Draw = Callable[[], Picture | None]
Figures = Mapping[int, Summary]  # by area


def drawings(user: User, area: Area, own: Summary | None, last: date) -> list[Draw]:
    """The year of a place in verdicts; nothing where nothing was judged."""
    if own is None or user.tenant is None:
        return []
    bindings = load_pack(user.tenant.pack).bindings
    year = cache(lambda: months(area, user, last))
    return [
        lambda: certified_by_month(year(), bindings_at(area, bindings, last), last),
        lambda: coverage_by_month(year(), last),
    ]


def long_drawings(area: Area, children: Sequence[Area], figures: Figures) -> list[Draw]:
    """What has a row a place: it stands after the others, which fill their rows."""
    return [lambda: heads_by_place(area, children, figures)]


def frames(drawings: Iterable[Draw], template: str = "dashboard/_picture.html") -> list[Part]:
    """Each drawing as a part of a page; where there is nothing to draw, there is no frame."""
    return [(template, partial(_contents, draw)) for draw in drawings]


def _contents(draw: Draw) -> dict[str, Picture] | None:
    picture = draw()
    return {"picture": picture} if picture else None


def certified_by_month(
    year: Sequence[Month], bindings: Sequence[Binding], last: date
) -> Picture | None:
    """The certified share of the year up to the day, against the floors in force on it."""
    shares = {month.on: month.certified for month in year if month.certified.den}
    bound = {one.rule: one for one in bindings}
    floors = {word: bound[rule].settings["floor"] for rule, word in _years() if rule in bound}
    note = _("虚线是规则的下限，按项目所处年度分别核验；这里是合计人数的比例。")
    note += "".join(adjusted(one.adjustment) for one in floors.values() if one.adjustment)
    return _by_month(_("持证比例（按月）"), note, shares, _limits(floors), last)


def coverage_by_month(year: Sequence[Month], last: date) -> Picture | None:
    """How many of the streets had a station, month by month; a place below a street has none."""
    shares = {month.on: month.coverage for month in year if month.coverage.den}
    note = _("有运营中社工站的镇街占全部镇街。")
    full = [charts.Limit(Fraction(1), _("全覆盖"))]
    return _by_month(_("镇街覆盖（按月）"), note, shares, full, last)


def _by_month(
    title: str,
    note: str,
    shares: Mapping[date, Share],
    limits: Sequence[charts.Limit],
    last: date,
) -> Picture | None:
    if not shares:
        return None
    rows = [(_day(on), _share(share)) for on, share in shares.items()]
    steps, known = twelve_months(last), {on.replace(day=1): one for on, one in shares.items()}
    drawn = [Fraction(known[one].num, known[one].den) if one in known else None for one in steps]
    words = _("%(title)s，%(day)s：%(share)s")
    said = words % {"title": title, "day": rows[-1][0], "share": rows[-1][1]}
    svg = charts.share_line(drawn, limits, (f"{steps[0]:%Y-%m}", f"{last:%Y-%m}"), said)
    return Picture(title, note, svg, (_("核验日"), _("比例")), rows)


def _years() -> list[tuple[str, str]]:
    """The rules that ask for a certified share, and the project year that each asks it of."""
    return [("CERT-01", _("第一年")), ("CERT-04", _("第二年")), ("CERT-03", _("第三年起"))]


def _limits(floors: Mapping[str, Setting]) -> list[charts.Limit]:
    """One line for each height, named after the first year it holds in."""
    found: dict[Share, str] = {}
    for word, floor in floors.items():
        found.setdefault(floor.value, word)
    return [
        charts.Limit(Fraction(one.num, one.den), f"{word} {one}") for one, word in found.items()
    ]


def heads_by_place(area: Area, children: Sequence[Area], figures: Figures) -> Picture | None:
    """People on post against the heads agreed on, by what lies just below, else altogether."""
    total = _bar(area, figures)
    below = [_bar(child, figures) for child in children] if len(children) <= MOST_BARS else []
    shown = [bar for bar in below if bar.whole] or [total]
    if not total.whole:
        return None
    return Picture(
        title=_("在岗与约定人数"),
        note=_("在岗按工作量占比折算；虚线是合同约定的人数。"),
        svg=charts.bars(shown, _("约定"), _("在岗/约定：%(heads)s") % {"heads": total.words}),
        heads=(_("区划"), _("在岗/约定（人）")),
        rows=[(bar.name, bar.words) for bar in dict.fromkeys([*shown, total])],
    )


def _bar(place: Area, figures: Figures) -> charts.Bar:
    heads = figures[place.pk].heads if place.pk in figures else Heads(Decimal(0), 0)
    words = f"{formats.num(heads.present)}/{formats.num(heads.agreed)}"
    return charts.Bar(place.name, Fraction(heads.present), heads.agreed, words)


def _day(on: date) -> str:
    return formats.ddate(on, english=is_english())


def _share(share: Share) -> str:
    return formats.frac(share.num, share.den, english=is_english())
