"""The places of the demonstration, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.demo.supervision import Supervision


@dataclass(frozen=True)
class Place:
    """A tenant: its area, its words, where it has stations and where its accounts sit.

    `stations` says how many streets below an area get one. `district`, `street` and `community`
    are the areas of the accounts.
    """

    slug: str
    name: str
    pack: str
    root: str
    communities: str
    stations: Mapping[str, int]
    district: str
    street: str
    community: str
    supervision: Supervision = Supervision.NONE
    labels: Mapping[str, Any] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    authorities_below: Mapping[str, str] = field(default_factory=dict)
    files_records: bool = False


GUANGZHOU = Place(
    slug="guangzhou",
    name="广州市",
    pack="guangzhou-2023",
    root="440100000000",
    communities="communities-guangzhou.csv",
    stations={
        "440103000000": 22,
        "440104000000": 18,
        "440105000000": 16,  # besides the published contract's street: all but one
        "440106000000": 21,
        "440111000000": 24,
        "440112000000": 17,
        "440113000000": 16,
        "440114000000": 10,
        "440115000000": 9,
        "440117000000": 8,
        "440118000000": 13,
    },
    supervision=Supervision.CENTRE,
    district="440105000000",
    street="440105012000",
    community="440105012110",
    files_records=True,
)
HANDAN = Place(
    slug="handan",
    name="邯郸市",
    pack="handan",
    root="130400000000",
    communities="communities-handan.csv",
    stations={"130402000000": 4, "130403000000": 7},
    district="130403000000",
    street="130403005000",
    community="130403005001",
    # An industrial park that the city counts among its 246 towns and streets.
    counted=("130481400000",),
    aliases={"130403005000": "丛东街道"},
)
QINGPU = Place(
    slug="qingpu",
    name="青浦区",
    pack="qingpu",
    root="310118000000",
    communities="communities-qingpu.csv",
    stations={"310118000000": 9},
    supervision=Supervision.EXTERNAL,
    district="310118000000",
    street="310118001000",
    community="310118001001",
    labels={
        "role": {"city_authority@district": "区民政局", "city_finance@district": "区财政局"},
    },
)
GUIZHOU = Place(
    slug="guizhou",
    name="贵州省",
    pack="guizhou",
    root="520000000000",
    communities="communities-guiyang.csv",
    stations={"520102000000": 5, "520103000000": 3},
    district="520102000000",
    street="520102016000",
    community="520102016001",
    labels={
        "role": {
            "city_authority@province": "省民政厅",
            "city_authority": "市州民政局",
            "city_finance@province": "省财政厅",
            "city_finance": "市州财政局",
            "district_authority": "县民政局",
            "district_finance": "县财政局",
        },
        "level": {"city": "市州", "district": "县"},
    },
    authorities_below={"shizhou": "520100000000"},
)

PLACES = (GUANGZHOU, HANDAN, QINGPU, GUIZHOU)
