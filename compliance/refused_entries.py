"""Why an override or an opening figure was not entered, and how to mend it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.actions import openings, overrides
from compliance.rules.overrides import Direction
from compliance.rules.parameters import ParameterKind

SENTENCES = {
    overrides.UnknownParameter: gettext_lazy("本地规则包没有这项参数。请重新选择规则和参数。"),
    overrides.NotOverridable: gettext_lazy("规则包不允许调整这项参数。"),
    overrides.NotThisLevel: gettext_lazy("规则包不允许这一级调整这项参数。请由有权的一级调整。"),
    overrides.EndsBeforeItBegins: gettext_lazy("最后有效日早于施行日期。请改正日期。"),
    overrides.AlreadyOverridden: gettext_lazy(
        "本区域在这段时间已有同一参数的调整。请改正日期，或先终止原来的调整。"
    ),
    overrides.AlreadyEnded: gettext_lazy("这项调整已经终止。"),
    overrides.OutsideItsTerm: gettext_lazy("最后有效日不在这项调整的有效期内。请改正日期。"),
    openings.NoYearFollows: gettext_lazy(
        "项目没有这个年度，或者它是最后一年，不需要期初数。请改正年度。"
    ),
    openings.YearNotOver: gettext_lazy("这个项目年度还没有结束，台账会给出持证数。请改正年度。"),
    openings.ImpossibleFigure: gettext_lazy(
        "在岗社工至少 1 人，持证人数不超过在岗社工人数。请改正人数。"
    ),
    openings.AlreadyAttested: gettext_lazy("这个项目年度已有期初持证数。请先撤回原来的。"),
}
VALUES = {
    ParameterKind.SHARE: gettext_lazy("写成从 0/1 到 1/1 的分数，例如 1/2。"),
    ParameterKind.COUNT: gettext_lazy("写成不小于 0 的整数，例如 30。"),
    ParameterKind.FLAG: gettext_lazy("写成 true 或 false。"),
    ParameterKind.CHOICES: gettext_lazy("从可选的值中选一个或几个。"),
    ParameterKind.PRICE: gettext_lazy("写成大于 0、最多两位小数的金额，例如 120000.00。"),
}
REFUSALS: tuple[type[Exception], ...] = (
    overrides.UnreadableValue,
    overrides.WrongDirection,
    *SENTENCES,
)


def in_words(error: Exception) -> str:
    """The sentence for one of `REFUSALS`."""
    match error:
        case overrides.UnreadableValue():
            return _("参数的值读不懂。") + str(VALUES[error.parameter.kind])
        case overrides.WrongDirection(direction=Direction.UP):
            return _("这项参数只能调高。请填写高于现行标准的值。")
        case overrides.WrongDirection():
            return _("这项参数只能调低。请填写低于现行标准的值。")
    return str(SENTENCES[type(error)])
