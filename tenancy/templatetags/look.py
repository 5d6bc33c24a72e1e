"""Template tags of the look: icons, status words and small bars."""

from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenancy import charts, formats
from tenancy.reading import is_english

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

register = template.Library()


class StatusLook(NamedTuple):
    """How a state is shown: a tone of the palette, an icon, and the word unless told otherwise."""

    tone: str
    icon: str
    word: "StrPromise"


STATUSES = {
    "met": StatusLook("ok", "circle-check", gettext_lazy("符合")),
    "watch": StatusLook("warn", "alert-triangle", gettext_lazy("需关注")),
    "not_met": StatusLook("bad", "circle-x", gettext_lazy("不符合")),
    "not_applicable": StatusLook("mute", "circle-minus", gettext_lazy("不适用")),
    "no_data": StatusLook("mute", "help-circle", gettext_lazy("数据不足")),
    "waived": StatusLook("mute", "clock-pause", gettext_lazy("已暂缓")),
    "queued": StatusLook("mute", "hourglass", gettext_lazy("排队中")),
    "running": StatusLook("info", "loader", gettext_lazy("进行中")),
    "done": StatusLook("ok", "circle-check", gettext_lazy("已完成")),
    "failed": StatusLook("bad", "circle-x", gettext_lazy("未完成")),
    "cancelled": StatusLook("mute", "circle-minus", gettext_lazy("已取消")),
    "expired": StatusLook("mute", "clock-pause", gettext_lazy("已过期")),
    "info": StatusLook("info", "info-circle", gettext_lazy("提示")),
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One symbol of the sprite; always beside a word, so readers skip it.

    Kept, because a page shows fifty of them and the sprite does not move.
    """
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def status_word(status: str, word: str = "") -> str:
    """A state as word, icon and border; `word` replaces the usual one."""
    return _status_word(status, str(word or STATUSES[status].word))


@lru_cache(maxsize=200)
def _status_word(status: str, word: str) -> str:
    look = STATUSES[status]
    context = {"tone": look.tone, "icon_name": look.icon, "word": word}
    return render_to_string("_components/status_word.html", context)


@register.simple_block_tag(end_name="end_rendered_once")
def rendered_once(content: str) -> str:
    """What stands inside, kept `as` a name for a page that shows it in two places."""
    return content


@register.simple_tag
def share_bar(part: int | None, whole: int | None, limit: Fraction | None = None) -> SafeString:
    """The bar of a share beside its numbers; nothing where there are no numbers."""
    if part is None or not whole:
        return SafeString("")
    title = formats.frac(part, whole, english=is_english())
    if limit is not None:
        title = _("%(share)s，要求 %(limit)s") % {"share": title, "limit": formats.pct(limit)}
    return charts.share_bar(part, whole, limit, title)
