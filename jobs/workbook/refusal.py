"""Why a file is not read at all."""

from enum import StrEnum


class Reason(StrEnum):
    """One value a cause; the sentences for people are kept where languages are known."""

    MISSING = "missing"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_WORKBOOK = "not_a_workbook"
    OLD_FORMAT = "old_format"
    ENCRYPTED = "encrypted"
    MACRO = "macro"
    EXTERNAL_LINK = "external_link"
    DOCTYPE = "doctype"
    BOMB = "bomb"
    BROKEN = "broken"
    ENCODING = "encoding"
    EPOCH_1904 = "epoch_1904"
    TOO_LARGE_SHEET = "too_large_sheet"
    TOO_COSTLY = "too_costly"


class Refused(Exception):
    """The file is not read, for the reason given."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
