"""Shares in integers: tests, shortfalls and the formula that shows them."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Share:
    """Some of many, as counted: never reduced, never a float."""

    num: int
    den: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "1/2"."""
        num, den = text.split("/")
        return cls(int(num), int(den))

    def __str__(self) -> str:
        return f"{self.num}/{self.den}"

    def reaches(self, floor: "Share") -> bool:
        """Whether it is at least the floor; a share of nothing reaches none."""
        return self.den > 0 and floor.den * self.num >= floor.num * self.den

    def needed(self, floor: "Share") -> int:
        """How many of the many the floor asks for, rounded up."""
        return _ceil(floor.num * self.den, floor.den)

    def lacking(self, floor: "Share") -> int:
        """How many of those already counted must still join the some."""
        return max(0, self.needed(floor) - self.num)

    def lacking_by_growth(self, floor: "Share") -> int | None:
        """How many must come from outside, growing both numbers; none can where all are asked."""
        if floor.num >= floor.den:
            return None
        gap = floor.num * self.den - floor.den * self.num
        return max(0, _ceil(gap, floor.den - floor.num))

    def exceeds(self, other: "Share") -> bool:
        """Whether it is higher than the other; a share of nothing exceeds none."""
        return self.den > 0 and other.den * self.num > other.num * self.den

    def lacking_to_exceed(self, other: "Share") -> int:
        """How many of those already counted must still join the some for it to be higher."""
        return max(0, other.num * self.den // other.den + 1 - self.num)

    def lacking_to_exceed_by_growth(self, other: "Share") -> int | None:
        """How many must come from outside for it to be higher; nothing is higher than all."""
        if other.num >= other.den:
            return None
        gap = other.num * self.den - other.den * self.num
        return max(0, gap // (other.den - other.num) + 1)

    def per_mille(self) -> int | None:
        """Rounded down, for display: 66.6 % must not read as two thirds reached."""
        return 1000 * self.num // self.den if self.den else None

    def formula(self, floor: "Share") -> str:
        """The integer test with its numbers, as it turned out: `2 × 10 ≥ 20`, `3 × 10 < 2 × 20`."""
        left, right = floor.den * self.num, floor.num * self.den
        sign = "≥" if left >= right else "<"
        return f"{_product(floor.den, self.num)} {sign} {_product(floor.num, self.den)}"

    def as_json(self) -> dict[str, int]:
        return {"num": self.num, "den": self.den}


def _ceil(num: int, den: int) -> int:
    return -(-num // den)


def _product(factor: int, count: int) -> str:
    return str(count) if factor == 1 else f"{factor} × {count}"
