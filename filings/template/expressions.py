"""Formulas and checks: a small language over codes, read once and evaluated exactly.

Numbers are whole ones or fractions, never floats. What rests on a blank, or divides by zero, is
None; "and" and "or" are None only where the blank decides.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn

from filings.template.shapes import Figures

LONGEST = 500
DEEPEST = 50
MOST_PARTS = 200
WORKDAYS = "workdays"
THIS = "this"

Number = int | Fraction
Value = Number | bool | None
Read = Callable[[Figures], Value]

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")
_ARITHMETIC: dict[type[ast.operator], Callable[..., Number]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: Fraction,
}
_COMPARISONS = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_PLACES = {"prev": "previous", "ytd": "year", "source": "known", "target": "targets"}
_OVER_NUMBERS: dict[str, Callable[[tuple[Number, ...]], Number]] = {
    "abs": lambda values: values[0] if values[0] >= 0 else -values[0],
    "min": lambda values: min(values),
    "max": lambda values: max(values),
}
FUNCTIONS = frozenset({*_PLACES, *_OVER_NUMBERS, "filled"})


class NotAnExpression(Exception):
    """The text is outside of the language; the message says where, in Chinese."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Expression:
    """What a text says; two of one text are the same.

    It reads `codes`, of these `here` in the month itself.
    """

    text: str
    codes: tuple[str, ...] = field(compare=False)
    here: tuple[str, ...] = field(compare=False)
    is_condition: bool = field(compare=False)
    _read: Read = field(compare=False, repr=False)

    def value(self, figures: Figures) -> Value:
        """A number, whether a condition holds, or None where it cannot be told."""
        return self._read(figures)


def parse(text: str, this: str = "") -> Expression:
    """Read an expression; `this` is the code that the word stands for. Raises `NotAnExpression`."""
    tree = _tree(text)
    reading = _Reading(text.strip(), this)
    part = reading.part(tree, 0)
    codes, here = tuple(dict.fromkeys(reading.codes)), tuple(dict.fromkeys(reading.here))
    written = f"{text.strip()} [{this}]" if this else text.strip()
    return Expression(written, codes, here, part.is_condition, part.read)


def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        _refuse(f"表达式超过 {LONGEST} 个字符")
    if not text.isascii():
        _refuse("只能用指标代码、半角数字和半角符号")
    if "\n" in text.strip() or "#" in text:
        _refuse("表达式应写成一行，不加注释")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        _refuse("写法不对，请检查括号和运算符")


def _refuse(message: str) -> NoReturn:
    raise NotAnExpression(message)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece that was read; a condition holds or not, anything else is a number."""

    read: Read
    is_condition: bool


class _Reading:
    """Walks the tree by what the language has; anything else is refused."""

    def __init__(self, text: str, this: str) -> None:
        self.text, self.this = text, this
        self.codes: list[str] = []
        self.here: list[str] = []
        self.parts = 0

    def part(self, node: ast.expr, depth: int) -> _Part:
        self.parts += 1
        if depth > DEEPEST or self.parts > MOST_PARTS:
            _refuse("表达式过于复杂，请拆成几个")
        if isinstance(node, ast.Compare):
            return _Part(self._comparison(node, depth), is_condition=True)
        if isinstance(node, ast.BoolOp):
            return _Part(self._logic(node, depth), is_condition=True)
        if isinstance(node, ast.UnaryOp):
            return self._unary(node, depth)
        if isinstance(node, ast.Call):
            return self._call(node, depth)
        return _Part(self._plain(node, depth), is_condition=False)

    def _plain(self, node: ast.expr, depth: int) -> Read:
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name(id=name):
                return self._name(name)
            case ast.BinOp():
                return self._arithmetic(node, depth)
        _refuse(f"不能用“{self._written(node)}”")

    def _written(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text

    def _number(self, node: ast.expr, depth: int) -> Read:
        part = self.part(node, depth + 1)
        if part.is_condition:
            _refuse(f"“{self._written(node)}”是条件，这里应是数")
        return part.read

    def _condition(self, node: ast.expr, depth: int) -> Read:
        part = self.part(node, depth + 1)
        if not part.is_condition:
            _refuse(f"“{self._written(node)}”是数，这里应是条件")
        return part.read

    def _constant(self, node: ast.Constant) -> Read:
        written = self._written(node)
        if not _NUMBER.fullmatch(written):
            _refuse(f"“{written}”不是可用的数")
        number = _exact(Decimal(written))
        return lambda _figures: number

    def _name(self, name: str) -> Read:
        if name == WORKDAYS:
            return lambda figures: figures.workdays
        code = self._code(name)
        self.here.append(code)
        return _reader("here", code)

    def _code(self, name: str) -> str:
        if name == THIS and not self.this:
            _refuse("this 只能用在写了 each 的校验中")
        if name in FUNCTIONS or name == WORKDAYS:
            _refuse(f"“{name}”不是指标代码")
        code = self.this if name == THIS else name
        self.codes.append(code)
        return code

    def _arithmetic(self, node: ast.BinOp, depth: int) -> Read:
        work = _ARITHMETIC.get(type(node.op))
        if work is None:
            _refuse(f"“{self._written(node)}”用了 + - * / 以外的运算")
        return _over_numbers(work, self._number(node.left, depth), self._number(node.right, depth))

    def _unary(self, node: ast.UnaryOp, depth: int) -> _Part:
        match node.op:
            case ast.Not():
                return _Part(_negation(self._condition(node.operand, depth)), is_condition=True)
            case ast.USub():
                minus = _over_numbers(operator.neg, self._number(node.operand, depth))
                return _Part(minus, is_condition=False)
        _refuse(f"不能用“{self._written(node)}”")

    def _comparison(self, node: ast.Compare, depth: int) -> Read:
        sides = [self._number(side, depth) for side in (node.left, *node.comparators)]
        pairs = []
        for sign, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if type(sign) not in _COMPARISONS:
                _refuse(f"“{self._written(node)}”用了不认识的比较")
            pairs.append(_over_numbers(_COMPARISONS[type(sign)], left, right))
        return _decided(pairs, by=False)

    def _logic(self, node: ast.BoolOp, depth: int) -> Read:
        conditions = [self._condition(one, depth) for one in node.values]
        return _decided(conditions, by=isinstance(node.op, ast.Or))

    def _call(self, node: ast.Call, depth: int) -> _Part:
        match node:
            case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in _OVER_NUMBERS:
                return _Part(self._over_numbers(name, given, depth), is_condition=False)
            case ast.Call(func=ast.Name(id="filled"), args=[ast.Name(id=name)], keywords=[]):
                return _Part(self._filled(name), is_condition=True)
            case ast.Call(func=ast.Name(id=place), args=[ast.Name(id=name)], keywords=[]) if (
                place in _PLACES
            ):
                return _Part(_reader(_PLACES[place], self._code(name)), is_condition=False)
        _refuse(f"不能用“{self._written(node)}”，函数的括号里应是指标代码")

    def _over_numbers(self, name: str, given: list[ast.expr], depth: int) -> Read:
        if not given or (name == "abs" and len(given) > 1):
            _refuse(f"{name} 的参数个数不对")
        numbers = [self._number(one, depth) for one in given]
        work = _OVER_NUMBERS[name]
        return _over_numbers(lambda *values: work(values), *numbers)

    def _filled(self, name: str) -> Read:
        code = self._code(name)
        self.here.append(code)
        return lambda figures: figures.here.get(code) is not None


def _reader(place: str, code: str) -> Read:
    def read(figures: Figures) -> Value:
        value: Decimal | None = getattr(figures, place).get(code)
        return None if value is None else _exact(value)

    return read


def _exact(value: Decimal) -> Number:
    """Most are whole, and whole numbers are quick to reckon with."""
    whole = int(value)
    return whole if whole == value else Fraction(value)


def _over_numbers(work: Callable[..., Value], *numbers: Read) -> Read:
    def read(figures: Figures) -> Value:
        values = [number(figures) for number in numbers]
        if None in values:
            return None
        try:
            return work(*values)
        except ZeroDivisionError:
            return None

    return read


def _negation(condition: Read) -> Read:
    def read(figures: Figures) -> Value:
        holds = condition(figures)
        return None if holds is None else not holds

    return read


def _decided(conditions: list[Read], *, by: bool) -> Read:
    """One that is `by` decides; otherwise a blank leaves it open."""

    def read(figures: Figures) -> Value:
        values = [condition(figures) for condition in conditions]
        if by in values:
            return by
        return None if None in values else not by

    return read
