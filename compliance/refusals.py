"""Why something was not evaluated or printed, in a sentence that says how to mend it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from compliance.assessment import AreaNotInForce, PackNotInForce, PeriodNotBegun
from compliance.packs import BrokenPack, UnknownPack, pack_ids
from compliance.reports.printing import PrintingUnavailable, TooBig

REFUSALS = (
    *(AreaNotInForce, BrokenPack, PackNotInForce, PeriodNotBegun),
    *(PrintingUnavailable, TooBig, UnknownPack),
)


@contextmanager
def refused_plainly(refusal: Callable[[str], Exception]) -> Iterator[None]:
    """Raise what is refused inside as `refusal` with its sentence."""
    try:
        yield
    except REFUSALS as error:
        raise refusal(_in_words(error)) from error


def _in_words(error: Exception) -> str:
    match error:
        case PackNotInForce():
            return _not_in_force(error)
        case AreaNotInForce():
            return _("%(area)s在 %(on)s 不是有效的区划。请换一个日期或区划。") % {
                "area": error.area.name,
                "on": error.on,
            }
        case PeriodNotBegun():
            return _("周期 %(period)s 还没有开始。请选择已经开始的周期。") % {"period": error}
        case UnknownPack():
            return _("没有规则包 %(pack)s。现有：%(packs)s。") % {
                "pack": error,
                "packs": "、".join(pack_ids()),
            }
        case BrokenPack():
            return _("规则包 %(pack)s 有错误。请用 check_pack 查看并改正。") % {
                "pack": error.args[0]
            }
    return str(error)


def _not_in_force(error: PackNotInForce) -> str:
    return _(
        "规则包 %(pack)s 的施行期是 %(first)s 至 %(last)s，不含 %(on)s。"
        "请换一个日期；在命令行可以用 --pack 指定规则包。"
    ) % {
        "pack": error.pack.id,
        "first": error.pack.in_force_from or "—",
        "last": error.pack.in_force_to or "—",
        "on": error.on,
    }
