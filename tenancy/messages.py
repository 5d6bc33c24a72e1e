"""What a kind of message says. An app registers its kinds from `AppConfig.ready()`."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext as looked_up

from tenancy.models import Message

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_kinds: dict[str, "_StrPromise"] = {}


def register(**kinds: "_StrPromise") -> None:
    """Sentences by kind, with `%(name)s` where a message's params go in."""
    _kinds.update(kinds)


def sentence(message: Message) -> str:
    """In the language of the reader. Rows outlive kinds, and a kind may learn new words."""
    kind = _kinds.get(message.kind)
    if kind is None:
        return _("这条消息的内容，现在的版本已不能显示。")
    return str(kind) % {name: looked_up(value or " ") for name, value in message.params.items()}
