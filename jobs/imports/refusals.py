"""The sentences for a file that is not read at all."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.imports.faults import Fault
from jobs.workbook.refusal import Reason

SAVE_AGAIN = gettext_lazy("请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入。")
SMALLER = gettext_lazy("请分成几个较小的文件，分次导入。")

SENTENCES = {
    Reason.MISSING: (gettext_lazy("没有找到文件。"), gettext_lazy("请核对文件的位置和名称。")),
    Reason.EMPTY: (gettext_lazy("文件是空的。"), gettext_lazy("请选择填好的工作簿。")),
    Reason.TOO_BIG: (gettext_lazy("文件超过 10 MB。"), SMALLER),
    Reason.NOT_A_WORKBOOK: (gettext_lazy("这不是 Excel 工作簿。"), SAVE_AGAIN),
    Reason.OLD_FORMAT: (gettext_lazy("这是 Excel 95 或更早的文件，读不了。"), SAVE_AGAIN),
    Reason.ENCRYPTED: (
        gettext_lazy("文件设了打开密码，无法读取。"),
        gettext_lazy("请取消密码保护，另存后再导入。"),
    ),
    Reason.MACRO: (
        gettext_lazy("文件含有宏，不能导入。"),
        gettext_lazy("请另存为不含宏的 .xlsx 后再导入。"),
    ),
    Reason.EXTERNAL_LINK: (
        gettext_lazy("文件链接了其他工作簿，不能导入。"),
        gettext_lazy("请在“数据—编辑链接”中断开链接，另存后再导入。"),
    ),
    Reason.DOCTYPE: (
        gettext_lazy("文件含有不允许的文档类型定义（DTD），不能导入。"),
        SAVE_AGAIN,
    ),
    Reason.BOMB: (
        gettext_lazy("文件解压后过大，或其内部大小与声明不符。"),
        gettext_lazy("请把数据复制到新下载的模板中，再导入。"),
    ),
    Reason.BROKEN: (gettext_lazy("文件已损坏，无法读取。"), SAVE_AGAIN),
    Reason.ENCODING: (
        gettext_lazy("读不出文件中的文字，可能是编码不对。"),
        gettext_lazy("请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。"),
    ),
    Reason.EPOCH_1904: (
        gettext_lazy("文件使用 1904 日期系统，日期会差四年。"),
        gettext_lazy("请在 Excel 选项中取消“使用 1904 日期系统”，核对日期后另存。"),
    ),
    Reason.TOO_LARGE_SHEET: (
        gettext_lazy("有工作表超过 20,000 行或 200 列。"),
        SMALLER,
    ),
    Reason.TOO_COSTLY: (
        gettext_lazy("读取文件所需的内存或时间超出限度。"),
        gettext_lazy("请把数据复制到新下载的模板中，再导入。"),
    ),
}


def refusal(reason: Reason) -> Fault:
    """The one fault of a file that was not read."""
    message, remedy = SENTENCES[reason]
    return Fault("", 0, "", str(message), str(remedy))


def wrong_template() -> Fault:
    return Fault(
        "",
        0,
        "",
        _("文件里没有可以导入的工作表，可能用错了模板。"),
        _("请下载城市台账模板，按其中的工作表名称填写。"),
    )
