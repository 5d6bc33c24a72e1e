"""Why no notice can be issued on what was chosen, and how to mend it."""

from django.utils.translation import gettext_lazy as _

from compliance.notices import choosing

SENTENCES = {
    choosing.NothingChosen: _("还没有选择事项。请在核验结果里勾选要写进通知的事项。"),
    choosing.TooMany: _(
        "一份通知最多列 300 项。请减少所选事项，或者分几份出具；完整的问题清单见合规报告的 XLSX。"
    ),
    choosing.NothingAsked: _("所选的有不需要整改的事项。请只选不符合、数据不足和需关注的事项。"),
    choosing.SeveralRuns: _("所选事项来自不同的核验。请按区划筛选，同一次核验的写进一份通知。"),
    choosing.NoCommonPlace: _("所选事项不在您的同一个辖区内。请按辖区分开出具。"),
}
REFUSALS = tuple(SENTENCES)


def in_words(refusal: Exception) -> str:
    """The sentence for one of `REFUSALS`."""
    return str(SENTENCES[type(refusal)])
