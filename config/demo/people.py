"""People who do not exist: names, and identity numbers of an area that was never given out."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobs.workbook.cells.official import IDENTITY_CHECKS, IDENTITY_WEIGHTS

NOBODYS_AREA = "990000"
SURNAMES = "陈李黄张梁王林刘吴罗杨郑何周谢曾叶冯苏邓许徐潘卢蔡"
GIVEN = "嘉怡文杰志明秀英晓彤家豪淑芬建华雅婷子轩思敏俊伟丽娟永康慧玲海燕国强美芳天佑静雯"
EDUCATIONS = ("大专", "本科", "本科", "本科", "硕士")
EARLIEST, BIRTHDAYS = date(1970, 1, 1), 11_000


@dataclass(frozen=True)
class Person:
    name: str
    identity: str
    sex: str
    education: str


def check_digit(first_17: str) -> str:
    total = sum(int(d) * w for d, w in zip(first_17, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_CHECKS[total % 11]


class Crowd:
    """Hands out one new person after another; the same seed gives the same people.

    Two crowds of a place keep apart by where the serial numbers of a birthday begin.
    """

    def __init__(self, random: Random, first_serial: int = 1) -> None:
        self._random, self._first_serial = random, first_serial
        self._serials: dict[date, int] = {}

    def somebody(self) -> Person:
        birthday = EARLIEST + timedelta(days=self._random.randrange(BIRTHDAYS))
        serial = self._serials.get(birthday, self._first_serial)
        self._serials[birthday] = serial + 1
        first_17 = f"{NOBODYS_AREA}{birthday:%Y%m%d}{serial:03d}"
        given = "".join(self._random.choices(GIVEN, k=self._random.choice((1, 2, 2))))
        return Person(
            name=self._random.choice(SURNAMES) + given,
            identity=first_17 + check_digit(first_17),
            sex="男" if serial % 2 else "女",
            education=self._random.choice(EDUCATIONS),
        )
