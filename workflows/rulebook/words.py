"""What a key asks for, in words a villager could check against the statute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .schema import KEYS
from .types import Key, Threshold
from .vocabulary import AUTHORITIES, BODIES

DIGITS = "零一二三四五六七八九十"
HALF, BY_NAME = (1, 2), "半数"
WHOLE = {"present": "到会人员", "eligible": "全体"}
CHOICES = {
    "none": "无",
    "objection_window": "等到异议期满",
    "full_period": "等到公示期满",
    "off": "不要求",
    "until_due": "答复期内须先答复",
    "always": "一律须先答复",
    "abstain": "按弃权",
    "invalid": "按无效",
    "hands": "举手表决",
    "paper": "无记名投票",
    "named": "记名表决",
    "secret": "无记名电子表决",
    "forbidden": "不得提供",
    "void_unless_acting": "一般无效，代行集体职能并经法定程序的除外",
    "household_written": "只限书面委托同一户的成员",
    "same_body_or_villagers": "由原来决定的会议或者村民会议变更",
    "by_households": "按所代表的户计票",
    "finding": "列为提示",
}
# What a choice asks for, where an act can be refused under it.
ASKS = {
    "objection_window": "组织实施要等到异议期满",
    "full_period": "组织实施要等到公示期满",
    "until_due": "异议在答复期限内的，先答复再实施",
    "always": "异议一律先答复再实施",
    "forbidden": "村民委员会不得提供担保",
    "void_unless_acting": "村民委员会提供担保一般无效",
    "finding": "两步在同一天召开的列为提示",
}
CODES = {
    "full": "正式党员",
    "clerk": "村文书",
    "accountant": "报账员",
    "spouse": "配偶",
    "parent": "父母",
    "child": "子女",
    "sibling": "兄弟姐妹",
    "grandparent": "祖父母、外祖父母",
    "grandchild": "孙子女、外孙子女",
} | AUTHORITIES


def share(threshold: Threshold) -> str:
    """二分之一 by name, whether itself is enough, and of whom."""
    whole, part = WHOLE[threshold.of], fraction(threshold)
    half = part == BY_NAME
    if threshold.inclusive:
        return f"{whole}的{part}以上（含{part if half else '本数'}）"
    return f"{whole}的过{part}" if half else f"超过{whole}的{part}"


def fraction(threshold: Threshold) -> str:
    """半数, 三分之二: how large a part, and nothing else."""
    if (threshold.num, threshold.den) == HALF:
        return BY_NAME
    return f"{_numeral(threshold.den)}分之{_numeral(threshold.num)}"


def portion(threshold: Threshold) -> str:
    """过半数, 半数以上, 三分之二以上: as it is asked for."""
    part = fraction(threshold)
    if threshold.inclusive:
        return f"{part}以上"
    return f"过{part}" if part == BY_NAME else f"超过{part}"


def reached(threshold: Threshold) -> str:
    """What is said of a part that is enough: 达到 where itself is, else 超过."""
    return "达到" if threshold.inclusive else "超过"


def at_least(threshold: Threshold) -> str:
    """What it reached or did not reach: 三分之二以上, or 半数 that must be passed."""
    return fraction(threshold) + ("以上" if threshold.inclusive else "")


def body_names(codes: tuple[str, ...]) -> str:
    return "、".join(BODIES[code] for code in codes)


def in_words(name: str, value: Any, labels: Mapping[str, str]) -> str:
    """The value of that key; `labels` are what items and documents are called."""
    match value:
        case Threshold():
            words = share(value)
        case bool():
            words = "是" if value else "否"
        case int():
            words = _number(KEYS[name].kind, value)
        case str():
            words = CHOICES[value]
        case _:
            words = _list(name, value, labels)
    return words


def asked(key: Key, labels: Mapping[str, str]) -> str:
    """What a key requires, as the clause that follows its citation."""
    name, value = key.name, key.value
    words = in_words(name, value, labels)
    if name.startswith("bodies."):
        return f"由{words}决定" if value else words
    label = KEYS[name].label
    match value:
        case Threshold():
            clause = f"{label}要达到{words}"
        case bool():
            clause = label
        case int() if KEYS[name].kind == "days":
            clause = f"{label} {words}"
        case str():
            clause = ASKS.get(value, f"{label}：{words}")
        case _:
            clause = f"{label}：{words}"
    return clause


def _list(name: str, values: tuple[Any, ...], labels: Mapping[str, str]) -> str:
    if name.startswith("bodies."):
        return body_names(values) or "不由会议决定"
    kind = KEYS[name].kind
    if kind == "range":
        return " 至 ".join(str(number) for number in values)
    if kind == "numbers":
        return "、".join(f"第{_numeral(number)}项" for number in values)
    known = labels if kind in ("items", "documents") else CODES
    return "、".join(known[code] for code in values) or "无"


def _number(kind: str, value: int) -> str:
    if value == 0:
        return "没有数字"
    return f"{value} 日" if kind == "days" else str(value)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    head = "" if tens == 1 else DIGITS[tens]
    return f"{head}十{DIGITS[ones] if ones else ''}"
