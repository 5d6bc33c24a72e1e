"""Many verdicts of one rule at one station, in one sentence."""

from django.utils.translation import gettext as _

TOGETHER = {
    "POST-01": lambda number: _("%(number)s 个事务性岗位设在社工点。") % {"number": number},
    "POST-02": lambda number: _("%(number)s 个服务性岗位设在社工站。") % {"number": number},
    "SUP-02": lambda number: _("%(number)s 人没有在期的督导安排。") % {"number": number},
}


def together(rule: str, number: int) -> str:
    """How many did not keep the rule."""
    return TOGETHER[rule](number)
