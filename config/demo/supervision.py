"""Who supervises the generated stations: a centre of the city, external people, or nobody."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import Enum
from itertools import cycle

from config.demo.book import CityBook
from config.demo.generated import GeneratedStation

CENTRE, ENTRUSTED = "示例社会工作督导中心", "示例社会工作督导服务中心"
A_YEAR_AGO, A_YEAR_ON = timedelta(days=-400), timedelta(days=330)


class Supervision(Enum):
    """How a place has its stations supervised."""

    CENTRE = "centre"
    EXTERNAL = "external"
    NONE = "none"


def write_supervision(
    book: CityBook,
    how: Supervision,
    stations: Sequence[GeneratedStation],
    also: Sequence[str],
    today: date,
) -> None:
    """The supervisors and their assignments; `also` are stations of another book."""
    if how is Supervision.NONE:
        return
    write = _write_centre if how is Supervision.CENTRE else _write_external
    people = write(book, today)
    supervised = [*_supervised(stations, today), *((code, None) for code in also)]
    for supervisor, (station, ended) in zip(cycle(people), supervised, strict=False):
        _assign(book, supervisor, station, today + A_YEAR_AGO, ended)


def _supervised(
    stations: Sequence[GeneratedStation], today: date
) -> Iterator[tuple[str, date | None]]:
    """The codes of stations that have somebody, and the last day where it was yesterday."""
    for station in stations:
        case = station.case
        if station.opened_on <= today and not (case.closed or case.unsupervised):
            yield station.code, today - timedelta(days=1) if case.supervision_ended else None


def _write_centre(book: CityBook, today: date) -> list[str]:
    """The centre with two managers; answers the codes of its twelve full-time supervisors."""
    book.add(
        "督导中心",
        名称=CENTRE,
        受托机构=ENTRUSTED,
        合同起=today + A_YEAR_AGO,
        合同止=today + A_YEAR_ON,
    )
    for number in range(1, 3):
        _add(book, f"DG{number:02d}", "管理", CENTRE, today)
    codes = [f"DZ{number:02d}" for number in range(1, 13)]
    for code in codes:
        _add(book, code, "专职", CENTRE, today)
    return codes


def _write_external(book: CityBook, today: date) -> list[str]:
    """Experienced people from elsewhere; there is no centre."""
    codes = [f"DW{number:02d}" for number in range(1, 4)]
    for code in codes:
        _add(book, code, "外聘", None, today)
    return codes


def _add(book: CityBook, code: str, nature: str, centre: str | None, today: date) -> None:
    book.add(
        "督导人员",
        督导编码=code,
        姓名=f"示例督导{code}",
        性质=nature,
        督导中心名称=centre,
        开始日期=today + A_YEAR_AGO,
    )


def _assign(book: CityBook, supervisor: str, station: str, since: date, until: date | None) -> None:
    book.add(
        "督导安排",
        督导编码=supervisor,
        督导对象类型="社工站",
        督导对象编码=station,
        开始日期=since,
        结束日期=until,
    )
