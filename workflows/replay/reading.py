"""Reads YAML strictly: whatever is wrong is told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from audit.clock import ZONE
from workflows.days import in_our_time

TAG = "tag:yaml.org,2002:"
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# In the demonstration county, which is told relative to the day it is made.
RELATIVE = re.compile(r"D([+-]\d{1,4})(?: (\d\d:\d\d))?")
MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Half of a character, which YAML lets one write as an escape and nothing can show.
HALVES = re.compile(r"[\ud800-\udfff]")
TRUTHS = dict.fromkeys(("true", "yes", "on"), True)
TRUTHS |= dict.fromkeys(("false", "no", "off"), False)
MOST_PEOPLE = 100_000

Reader = Callable[["Leaf"], Any]


class Malformed(Exception):
    """The file does not say what a scenario says; names file, line and reason."""

    def __init__(self, file: str, line: int, why: str) -> None:
        where = _("%(file)s 第 %(line)s 行") % {"file": file, "line": line}
        super().__init__(f"{where if line else file}：{why}")
        self.file, self.line, self.why = file, line, why

    def as_json(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "error": self.why}


@dataclass(frozen=True)
class Key:
    """What stands behind one key: how it is read, and whether it may be missing."""

    read: Reader
    needed: bool = True


@dataclass(frozen=True)
class Leaf:
    """A value of the file and the place where it stands."""

    node: yaml.Node
    file: str
    name: str = ""
    today: date | None = None  # what relative days count from, where they may stand

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def error(self, why: str) -> Malformed:
        told = _("%(name)s：%(why)s") % {"name": self.name, "why": why}
        return Malformed(self.file, self.line, told if self.name else why)

    def below(self, node: yaml.Node, name: str) -> Leaf:
        return Leaf(node, self.file, name, self.today)

    def entries(self) -> dict[str, Leaf]:
        """The keys and values of a mapping, no key twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(_("应当是“键: 值”的形式。"))
        found: dict[str, Leaf] = {}
        for key_node, value in self.node.value:
            key = self.below(key_node, self.name).word()
            if key in found:
                raise self.below(key_node, self.name).error(
                    _("“%(key)s”写了两次。") % {"key": key}
                )
            found[key] = self.below(value, key)
        return found

    def fields(self, keys: Mapping[str, Key]) -> dict[str, Any]:
        """The values behind these keys and no others, each read as it should be."""
        entries = self.entries()
        for name, leaf in entries.items():
            if name not in keys:
                raise Malformed(self.file, leaf.line, self._no_such_key(name, keys))
        for name, key in keys.items():
            if key.needed and name not in entries:
                raise self.error(_("少了“%(key)s”。") % {"key": name})
        return {name: keys[name].read(leaf) for name, leaf in entries.items()}

    def _no_such_key(self, name: str, keys: Mapping[str, Key]) -> str:
        known = {"key": name, "name": self.name, "known": "、".join(keys)}
        if self.name:
            return _("%(name)s 里没有“%(key)s”这个键；可以写：%(known)s。") % known
        return _("没有“%(key)s”这个键；可以写：%(known)s。") % known

    def items(self) -> Iterator[Leaf]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error(_("应当是一个列表。"))
        return (self.below(node, self.name) for node in self.node.value)

    @property
    def is_list(self) -> bool:
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_empty(self) -> bool:
        """A mapping that says nothing."""
        return isinstance(self.node, yaml.MappingNode) and not self.node.value

    def is_a(self, *tags: str) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag in {
            TAG + tag for tag in tags
        }

    def word(self) -> str:
        """Characters on one line, as they stand there; a key may look like a number."""
        if not isinstance(self.node, yaml.ScalarNode) or self.is_a("null"):
            raise self.error(_("应当是一个词。"))
        if HALVES.search(self.node.value):
            raise self.error(_("含有不完整的字。"))
        return str(self.node.value)

    def text(self, longest: int | None = None) -> str:
        if not self.is_a("str") or not self.node.value.strip():
            raise self.error(_("应当是文字（像数字的要加引号）。"))
        text = self.word()
        if CONTROLS.search(text):
            raise self.error(_("含有控制字符。"))
        if longest is not None and len(text) > longest:
            raise self.error(_("最多 %(n)s 个字。") % {"n": longest})
        return text

    def one_of(self, known: Container[str], listed: str = "") -> str:
        word = self.word()
        if word not in known:
            which = listed or "、".join(known)  # type: ignore[arg-type]
            wrong = {"word": word, "known": which}
            raise self.error(_("没有“%(word)s”；可以写：%(known)s。") % wrong)
        return word

    def whole(self, most: int = MOST_PEOPLE) -> int:
        """A whole number, none below nought."""
        if not self.is_a("int") or not self.node.value.isdecimal():
            raise self.error(_("应当是不带符号的整数。"))
        # Python reads no number of thousands of digits, nor do we need one.
        digits = self.node.value.lstrip("0") or "0"
        if len(digits) > len(str(most)) or (number := int(digits)) > most:
            raise self.error(_("最大 %(most)s。") % {"most": most})
        return number

    def truth(self) -> bool:
        said = TRUTHS.get(self.node.value.lower()) if self.is_a("bool") else None
        if said is None:
            raise self.error(_("应当是 true 或 false。"))
        return said

    def money(self) -> Decimal:
        if not self.is_a("str") or not MONEY.fullmatch(self.node.value):
            raise self.error(_('金额要加引号，最多两位小数，例如 "380000.00"。'))
        return Decimal(self.node.value)

    def moment(self) -> datetime:
        """A local time, to the minute."""
        word = self.word()
        try:
            if self.today is not None and (found := RELATIVE.fullmatch(word)):
                day = self.today + timedelta(days=int(found[1]))
                word = f"{day}T{found[2] or '09:00'}"
            if found := MOMENT.fullmatch(word):
                moment = datetime.fromisoformat(f"{found[1]}T{found[2]}")
                if in_our_time(moment.date()):
                    return moment.replace(tzinfo=ZONE)
        except (ValueError, OverflowError):
            pass
        raise self.error(_("时间写成 2026-03-20T09:00 的样子（当地时间）。"))

    def day(self) -> date:
        """A day, with or without a time."""
        word = self.word()
        try:
            if DAY.fullmatch(word) and in_our_time(day := date.fromisoformat(word)):
                return day
        except ValueError:
            pass
        return self.moment().date()


def the_file(path: Path, today: date | None = None) -> Leaf:
    """The one document of a file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise Malformed(str(path), 0, _("读不了：%s。") % error.strerror) from None
    except UnicodeDecodeError:
        raise Malformed(str(path), 0, _("不是 UTF-8 文字。")) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise Malformed(str(path), line, _("不是 YAML：%s。") % error.problem) from None
    except yaml.YAMLError as error:
        raise Malformed(str(path), 0, _("不是 YAML：%s。") % error) from None
    except RecursionError:
        raise Malformed(str(path), 0, _("一层套一层，太深了。")) from None
    if node is None:
        raise Malformed(str(path), 0, _("是空的。"))
    return Leaf(node, str(path), "", today)
