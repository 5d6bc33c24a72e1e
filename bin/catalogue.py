"""The messages in code and templates, and the English catalogue that must hold them all."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parents[1]
CATALOGUE = CHECKOUT / "locale" / "en" / "LC_MESSAGES" / "django.po"
ELSEWHERE = {".venv", "var", "tests", "bench", "bin", "build", "staticfiles", "node_modules"}

# Function name: which arguments are context, message and plural.
FUNCTIONS = {
    "_": ("message",),
    "gettext": ("message",),
    "gettext_noop": ("message",),
    "ngettext": ("message", "plural"),
    "pgettext": ("context", "message"),
    "npgettext": ("context", "message", "plural"),
}
CALL = re.compile(r"\b(?:n?p?gettext|_)\(")


@dataclass(frozen=True)
class Message:
    """A msgid with its plural and context, as gettext knows it."""

    message: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes it one entry of a catalogue."""
        return self.context, self.message


@dataclass
class Collection:
    """What was found, and where a message could not be read."""

    messages: dict[tuple[str | None, str], Message] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, call: ast.Call, place: str) -> None:
        """Note the message of one call."""
        parts = FUNCTIONS[_name(call)]
        texts = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
        if len(texts) < len(parts) or not all(isinstance(t, str) for t in texts[: len(parts)]):
            self.faults.append(f"{place}：译文函数的参数必须是字面的字符串。")
            return
        message = Message(**dict(zip(parts, map(str, texts), strict=False)))
        known = self.messages.get(message.key)
        if known is None or message.plural:
            self.messages[message.key] = message


def collect() -> Collection:
    """All messages of the project."""
    found = Collection()
    for path in _files("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in FUNCTIONS:
                found.add(node, f"{path.relative_to(CHECKOUT)}:{node.lineno}")
    for path in [*_files("*.html"), *_files("*.txt")]:
        for call in template_calls(path.read_text(encoding="utf-8"), str(path)):
            found.add(call, str(path.relative_to(CHECKOUT)))
    return found


def template_calls(text: str, origin: str) -> Iterator[ast.Call]:
    """The gettext calls that Django makes of a template's tags."""
    source = templatize(text, origin=origin)
    for match in CALL.finditer(source):
        node = ast.parse(_balanced(source[match.start() :]), mode="eval").body
        if isinstance(node, ast.Call):
            yield node


def _balanced(source: str) -> str:
    """The call at the beginning, up to its closing bracket."""
    lines = source.splitlines(keepends=True)
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += {"(": 1, ")": -1}.get(token.string, 0)
        if token.string == ")" and depth == 0:
            row, column = token.end
            # Arguments that only count (`ngettext(…, n)`) may be template syntax: cut them off.
            return _without_count("".join(lines[: row - 1]) + lines[row - 1][:column])
    raise ValueError(source[:80])


def _without_count(call: str) -> str:
    name = call[: call.index("(")]
    if not name.startswith("n"):
        return call
    return call[: call.rindex(",")] + ")"


def _name(call: ast.Call) -> str:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return str(name).removesuffix("_lazy")


def _files(pattern: str) -> Iterator[Path]:
    for path in sorted(CHECKOUT.rglob(pattern)):
        parts = path.relative_to(CHECKOUT).parts
        if parts[0] not in ELSEWHERE and not parts[0].startswith(".") and _translatable(parts):
            yield path


def _translatable(parts: tuple[str, ...]) -> bool:
    return parts[-1].endswith(".py") or "templates" in parts


def read_catalogue() -> polib.POFile:
    """The English catalogue; an empty one where none was begun."""
    return polib.pofile(str(CATALOGUE) if CATALOGUE.exists() else "", wrapwidth=100)
