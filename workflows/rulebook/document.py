"""The rulebook as one page for a lawyer: docs/law.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .catalogue import Approval, MatterType, labels
from .chains import Chain
from .load import Rulebook
from .ruleset import RuleSet
from .schema import KEYS
from .soundness import Overlay
from .types import Key
from .vocabulary import (
    BASES,
    BODIES,
    CLOSINGS,
    COMPETENT,
    CONFIDENCE,
    OVERRIDE_WORDS,
)
from .words import in_words

INTRODUCTION = """\
# 规则和条文

本页由 `manage.py list_rules` 从 `workflows/rulebook/*.toml` 生成，请改那里。

- **规则集**按日期施行。每次会议、每张公示按它发生之日的规则集判断，
  并记下规则集的名称和散列。
- **类别**说明依据的性质。法律、省的规定、党内法规可以拒绝一件还没有发生的事；
  政策、做法和内部核对只作提示，县用自己的文件写明以后才拒绝。
- **核对**说明条文核对到什么程度。“已对照条文”是逐条读过转载的全文，
  “二手页面”只见过转载的条文，“未核”没有读到原文。
  使用前请与国家法律法规数据库核对。
- 分数用整数计算。“以上”包括本数，“过半数”“超过”不包括。
"""
KEY_HEAD = (
    "键",
    "含义",
    "规定",
    "类别",
    "能否拒绝",
    "谁可另定",
    "依据",
    "核对",
    "来源和说明",
)
BODY_HEAD = ("事项", "由谁决定", "另定的多数", "类别", "依据", "说明")


def law_page(book: Rulebook) -> str:
    """Every rule with its article, the chains and the catalogue."""
    named = labels(book.catalogue)
    parts = [INTRODUCTION, _dates(book)]
    for rules in book.national:
        parts += [_national(book, rules, named)]
    for overlay in book.overlays.values():
        parts += [_overlay(overlay, named)]
    parts += [_chains(book.chains), _catalogue(book.catalogue)]
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruler = tuple("---" for _ in head)
    lines = ["| " + " | ".join(row) + " |" for row in (head, ruler, *rows)]
    return "\n".join(lines) + "\n"


def _span(since: date, until: date | None) -> str:
    return f"{since} 至 {until}" if until else f"{since} 起"


def _dates(book: Rulebook) -> str:
    rows = [
        (f"`{rules.name}`", book.titles[rules.name], _span(rules.since, rules.until))
        for rules in book.national
    ]
    rows += [
        (f"`+{overlay.name}`", overlay.title, _span(overlay.since, overlay.until))
        for overlay in book.overlays.values()
    ]
    return "## 规则集\n\n" + _table(("名称", "适用", "日期"), rows)


def _national(book: Rulebook, rules: RuleSet, labels: Mapping[str, str]) -> str:
    keys = [rules[name] for name in rules]
    decided = [key for key in keys if key.name.startswith("bodies.")]
    others = [key for key in keys if key not in decided]
    return "\n".join(
        (
            f"## {rules.name}：{book.titles[rules.name]}\n",
            _table(KEY_HEAD, (_key_row(key, labels) for key in others)),
            f"### {rules.name}：由谁决定\n",
            _table(BODY_HEAD, (_body_row(book, rules, key) for key in decided)),
        )
    )


def _overlay(overlay: Overlay, labels: Mapping[str, str]) -> str:
    rows = (_key_row(key, labels) for key in overlay.keys.values())
    head = f"## +{overlay.name}：{overlay.title}\n\n只列与全国不同的。\n\n"
    return head + _table(KEY_HEAD, rows)


def _key_row(key: Key, labels: Mapping[str, str]) -> tuple[str, ...]:
    label = KEYS[key.name].label if key.name in KEYS else ""
    # What is cited is its own source.
    source = "" if key.citation else key.source
    return (
        f"`{key.name}`",
        label,
        in_words(key.name, key.value, labels),
        BASES[key.basis],
        "能" if key.refuses else "否",
        OVERRIDE_WORDS[key.override],
        key.citation or "—",
        CONFIDENCE[key.confidence],
        "。".join(text.rstrip("。") for text in (source, key.note) if text) or "—",
    )


def _body_row(book: Rulebook, rules: RuleSet, key: Key) -> tuple[str, ...]:
    code = key.name.removeprefix("bodies.")
    special = "；".join(
        f"{BODIES[body]}：{in_words(name, rules[name].value, {})}"
        for body, name in key.passes
    )
    return (
        f"{code} {book.catalogue[code].label}",
        in_words(key.name, key.value, {}),
        special or "—",
        BASES[key.basis],
        key.citation or "—",
        key.note or "—",
    )


def _chains(chains: Mapping[str, Chain]) -> str:
    parts = ["## 链\n"]
    for chain in chains.values():
        rows = (
            (
                f"`{step.stage}`",
                f"`{step.verb}`" if step.verb else "—",
                _sits(step.body) + ("（只是意见）" if step.effect == "opinion" else ""),
                chain.label(step.stage),
                chain.todo(step.stage) or "—",
                chain.seen(step.stage) or "（不公开）",
            )
            for step in chain.steps
        )
        head = ("阶段", "动作", "会议", "已办", "待办", "村民看")
        parts += [f"### `{chain.name}` {chain.title}\n", _table(head, rows)]
    return "\n".join(parts)


def _sits(body: str) -> str:
    if body == COMPETENT:
        return "有权决定的会议"
    return BODIES.get(body, "—")


def _catalogue(catalogue: Mapping[str, MatterType]) -> str:
    head = ("事项", "类别", "链", "专项公开", "材料", "报批报备", "结束", "说明")
    rows = (_type_row(kind) for kind in catalogue.values())
    note = (
        "专项公开里带 * 的，规则集可以要求组织实施以前公开；带 † 的事项不须授权。\n\n"
    )
    return "## 事项目录\n\n" + note + _table(head, rows)


def _type_row(kind: MatterType) -> tuple[str, ...]:
    items = (item.label + ("*" if item.gate else "") for item in kind.disclosures)
    return (
        f"{kind.code} {kind.label}" + ("†" if kind.statute_names_reps else ""),
        kind.category,
        "、".join(f"`{name}`" for name in kind.chains) or "不走链",
        "、".join(items) or "—",
        "、".join(document.label for document in kind.documents) or "—",
        _asked(kind.approval),
        CLOSINGS[kind.closing],
        kind.notes or "—",
    )


def _asked(approval: Approval | None) -> str:
    if approval is None:
        return "—"
    if approval.kind == "notify":
        return f"{approval.label}{approval.authority}"
    return f"报{approval.authority}{approval.label}"
