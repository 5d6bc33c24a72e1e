"""What a station of the demonstration reports of a month: made up, and sound by the checks."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from filings.cells import Content
from filings.facts import Around, Sheet, sheet_of
from filings.template import filling
from filings.template.shapes import Figures, Template

Numbers = dict[str, Decimal | None]

HIGHLIGHTS = (
    "联合社区开展独居老人探访，更新了重点对象台账。",
    "与辖区学校合办暑期安全课堂，困境儿童全部参加。",
    "完成社区环境议事会两场，推动加装扶手。",
    "链接企业捐赠助行器，送到行动不便的老人家中。",
)
PLANS = (
    "下月上旬完成重点对象入户复核，中旬开展社区活动。",
    "下月继续每周两次入户探访，月底召开联席会议。",
    "下月启动新一期互助小组，组织志愿者培训一次。",
)
SAID = "已核对，情况属实：本月人员和活动安排有变动，下月恢复。"


def figures_of(form: Template, around: Around, chance: Random, scale: float = 1) -> Numbers:
    """All typed cells; `scale` makes the services of an unusual month."""
    known, heads = around.known, around.known.get("staffing.on_post") or Decimal(0)
    found: Numbers = {code: Decimal(0) for code in form.typed}
    found |= _services(int(heads), chance, scale)
    found |= _cases(around.previous, chance)
    found |= _hours_and_money(int(heads), chance)
    found |= {code: known[one.source] for code, one in form.typed.items() if known.get(one.source)}
    return found | {"workers_on_post": heads}


def _services(heads: int, chance: Random, scale: float) -> Numbers:
    """What people on post do in a month; nobody does nothing."""
    some = {
        name: Decimal(int(heads * each * scale * chance.uniform(0.85, 1.15)))
        for name, each in (("visits", 26), ("calls", 30), ("consultations", 12), ("files_new", 3))
    }
    sessions, activities = (Decimal(chance.randint(4, 6) if heads else 0) for _ in range(2))
    people = {"group_times": sessions * 9, "activity_times": activities * 32}
    times = some["visits"] + some["calls"] + some["consultations"] + sum(people.values())
    need = int(times) // 20
    return {
        **some,
        **people,
        **dict.fromkeys(("need_relief_times", "need_disabled_times"), Decimal(need * 2)),
        **dict.fromkeys(("need_child_times", "need_other_times"), Decimal(need)),
        "need_elder_times": Decimal(need * 5),
        "group_sessions": sessions,
        "activities": activities,
        "referrals": Decimal(chance.randint(0, 3)),
        "served_times": times,
        "served_persons": times * 3 // 5,
        "need_registered": Decimal(80 + 12 * heads),
        "need_covered": Decimal(80 + 12 * heads),
        "community_orgs": Decimal(chance.randint(4, 6)),
        "volunteers": Decimal(60 + heads),
        "volunteer_times": Decimal(chance.randint(30, 40)),
        "wishes": Decimal(chance.randint(0, 5)),
        "goods_value": Decimal(chance.randint(0, 40) * 100),
        "safety_checks": Decimal(chance.randint(1, 4)),
        "supervision_sessions": Decimal(2),
        "supervision_hours": Decimal(6),
    }


def _cases(previous: Mapping[str, Decimal | None], chance: Random) -> Numbers:
    """As many closed as opened, more or less; a month begins where the one before ended."""
    opening = previous.get("cases_open") or Decimal(12)
    opened = Decimal(chance.randint(4, 6))
    drift = chance.randint(-1, 1) if opening < 20 else 1
    return {
        "cases_opening": opening,
        "cases_opened": opened,
        "cases_closed": opened + drift,
        "cases_complex": Decimal(chance.randint(0, 3)),
        "hazards_opening": previous.get("hazards_open") or Decimal(0),
        "hazards_found": Decimal(1),
        "hazards_fixed": Decimal(1),
    }


def _hours_and_money(heads: int, chance: Random) -> Numbers:
    direct, indirect = (Decimal(heads * chance.randint(*each)) for each in ((82, 96), (40, 52)))
    return {
        "hours_direct": direct,
        "hours_indirect": indirect,
        "hours_in_community": (direct + indirect) * 13 // 20,
        "spent_staff": Decimal(heads * 7800),
        "spent_service": Decimal(heads * chance.randint(80, 110) * 10),
        "spent_other": Decimal(heads * 300),
    }


def sheet_with(form: Template, around: Around, chance: Random, scale: float = 1) -> Sheet:
    """The record with its narrative, and a sentence for every soft check."""
    figures = figures_of(form, around, chance, scale)
    texts = {"highlights": chance.choice(HIGHLIGHTS), "next_month": chance.choice(PLANS)}
    content = Content(figures, texts, {}, {})
    if scale == 1 and _is_ordinary(around):
        computed = filling.computed(form, Figures(here=figures))
        return Sheet(form, content, around, {**figures, **computed}, ())
    found = sheet_of(form, content, around)
    content.explanations = {problem.code: SAID for problem in found.soft}
    return found


def _is_ordinary(around: Around) -> bool:
    """Everybody agreed on was there all month: what is made up then breaks no check, and checking
    thousands of such records takes long.
    """
    known, before = around.known, around.previous.get("workers_on_post")
    heads = known.get("staffing.on_post")
    moved = known.get("staffing.joined") != known.get("staffing.left")
    agreed = around.targets.get("procurement.agreed_heads")
    return bool(heads) and heads == agreed and before in {None, heads} and not moved
