"""Entries in their form; rows against the hashes that are written down for them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from .comparing import Rows
from .packed import Archive, VerificationError
from .plain import canonical, parse
from .telling import Story

SAID = {"v", "id", "kind", "village", "subject", "office", "place", "person"}
SAID |= {"held_on", "recorded_at", "facts"}


def read_entry(name: str, body: bytes) -> dict[str, Any]:
    """An entry, where it is written canonically and says what each must say."""
    try:
        found = parse(body)
        written = canonical(found)
    except ValueError:
        raise VerificationError(f"不是规范的 JSON：{name}") from None
    if written != body:
        raise VerificationError(f"办理记录的写法不规范（改动过）：{name}")
    if not isinstance(found, dict) or found.keys() - {"clock"} != SAID:
        raise VerificationError(f"不是办理记录：{name}")
    texts = all(isinstance(found[key], str) for key in ("id", "kind", "subject"))
    if not texts or not isinstance(found["facts"], dict) or found["v"] != 1:
        raise VerificationError(f"不是办理记录：{name}")
    return found


def check_hashes(rows: Rows, story: Story, unchecked: list[str]) -> str:
    """Texts, notices and rosters; raises VerificationError."""
    amount = rows.get(story.matter, {}).get("amount") or ""
    title = rows.get(story.matter, {}).get("title")
    done = 0
    for name, row in rows.items():
        if name.startswith("texts/"):
            said = {"amount": amount, "text": row.get("text"), "title": title}
            _must_be(f"{name} 的正文", said, row.get("hash"))
        elif name.startswith("notice/") and name.count("/") == 1:
            said = {"text": row.get("board_text"), "title": row.get("title")}
            _must_be(f"{name} 的文字", said, row.get("text_hash"))
            if not story.speaks_of(name, "text_hash"):
                unchecked.append(f"{name}：办理记录里没有它的文字的摘要。")
        elif name.startswith("sitting/") and row.get("roster_root"):
            if row.get("roster") is None:
                unchecked.append(f"{name} 的名册没有打开（已删减）。")
                continue
            _must_be(f"{name} 的名册", row["roster"], row["roster_root"])
            _counts(name, row)
        else:
            continue
        done += 1
    return f"方案正文、公示文字、名册与摘要相符：{done} 份"


def _must_be(what: str, said: Any, written: Any) -> None:
    try:
        found = hashlib.sha256(canonical(said)).hexdigest()
    except ValueError:
        found = ""
    if found != written:
        raise VerificationError(f"data.json：{what}与摘要不符")


def _counts(name: str, row: Mapping[str, Any]) -> None:
    """As many are entitled as the roster has, and as many came as are ticked."""
    lines = row["roster"]["lines"]
    entitled = sum(not line[-2] for line in lines)
    came = row.get("came") or []
    if entitled != row.get("eligible"):
        raise VerificationError(f"data.json：{name} 的应到人数与名册不符")
    if came and (
        len(came) != row.get("present")
        or not {number for number, _how in came} <= {line[0] for line in lines}
    ):
        raise VerificationError(f"data.json：{name} 的到会名单与到会人数或名册不符")


def check_attachments(
    archive: Archive, rows: Rows, story: Story, unchecked: list[str]
) -> str:
    """Photographs and papers; raises VerificationError."""
    done = 0
    for name, row in rows.items():
        file, written = row.get("file"), row.get("file_hash")
        if not file:
            if written:
                unchecked.append(f"{name} 的附件没有放进卷宗，只有摘要。")
            continue
        if file not in archive.members:
            raise VerificationError(f"缺少附件：{file}")
        if not written or not story.speaks_of(name, "file_hash"):
            unchecked.append(f"附件 {file}：办理记录里没有它的摘要，只与清单对过。")
        elif archive.digest(file) != written:
            raise VerificationError(f"附件与记录里的摘要不符（换过）：{file}")
        else:
            done += 1
    return f"附件与记录里的摘要相符：{done} 个"
