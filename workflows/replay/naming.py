"""Names for the people of the demonstration: made up, and no two alike in a village."""

from __future__ import annotations

from collections.abc import Iterator

from villages.cast import Cast
from villages.models import Resident, User


def in_twos(text: str) -> list[str]:
    """Names of two characters, written one after another."""
    return [text[n : n + 2] for n in range(0, len(text), 2)]


SURNAMES = "李王张赵刘陈郭杨孔毛贾梁宋翟任冀耿闫乔霍武尹段侯白苗路籍阎田"
MEN = in_twos(
    "建国志强有田满仓福生海明俊杰玉成占元继红润生二虎保平晋生文斌"
    "拴柱银锁天佑贵生爱民来顺庆丰春林振华永胜秋生怀义改革新民双喜"
)
WOMEN = in_twos(
    "秀英桂花翠兰改梅玉莲春香爱珍巧云金枝瑞芳月娥存弟海燕晓霞凤仙"
    "银花润梅彩萍素珍玉梅兰英雪梅美珍俊香香莲小红艳青丽萍粉娥腊梅"
)


def name_everybody(cast: Cast, start: int) -> None:
    """Give the people of a village names, and their accounts the same."""
    residents = list(dict.fromkeys(cast.people.values()))
    men, women = made_of(MEN, start), made_of(WOMEN, start + 11)
    for resident in residents:
        resident.name = next(women if resident.sex == Resident.Sex.FEMALE else men)
    Resident.objects.bulk_update(residents, ["name"], batch_size=500)
    holders = [user for user in dict.fromkeys(cast.users.values()) if user.resident]
    for user in holders:
        user.full_name = str(user.resident)
    User.objects.bulk_update(holders, ["full_name"])


def made_of(given: list[str], start: int) -> Iterator[str]:
    """Every surname with every given name, mixed, none twice."""
    for n in range(start, start + len(SURNAMES) * len(given)):
        across, along = n % len(SURNAMES), n // len(SURNAMES) + 7 * n
        yield SURNAMES[across] + given[along % len(given)]
