"""The contents of a dossier, and what is checked of them, each for itself.

`audit.verify` says in which order, and what it means. Needs the standard library and
`cryptography`; raises VerificationError, whose message names the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from . import plain
from .commitments import Openings
from .comparing import discrepancies
from .contents import read_entry
from .note import LARGEST_NOTE, BadNote, Head, Verifier, open_checkpoint
from .packed import Archive, VerificationError
from .prooffile import LARGEST, ProofFile, read_consistency, read_inclusion
from .telling import Story
from .tree import NotProven, leaf_hash, verify_consistency, verify_inclusion

MANIFEST, DATA, CHECKPOINT, KEYS = "manifest.json", "data.json", "checkpoint", "keys"
COMMITMENTS, PAGE, HOW_TO = "commitments.json", "index.html", "说明.txt"
PROGRAM = "核对程序/"
LARGEST_JSON = 64 * 1024 * 1024
LARGEST_ENTRY = 2**16 - 1
MOST_SAID = 20

ENTRY = re.compile(r"entries/([0-9]{12})\.json")
PROOF = re.compile(r"proofs/([0-9]{12})\.tlog-proof")
HEAD = re.compile(r"heads/([0-9]{12})\.(checkpoint|consistency)")


@dataclass
class Report:
    """What was checked, line by line, and what could not be."""

    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Given:
    """What whoever checks has brought along."""

    key: Verifier | None = None
    kept: str | None = None  # a checkpoint
    proof: ProofFile | None = None  # that leads from one checkpoint to the other


class Dossier:
    """The contents of a dossier whose archive is sound."""

    def __init__(self, archive: Archive, given: Given, report: Report) -> None:
        self.archive, self.given, self.report = archive, given, report
        self.head = Head("", 0, b"")
        self.keys: list[Verifier] = []
        self.entries: dict[int, dict[str, Any]] = {}
        self.leaves: dict[int, bytes] = {}

    # -- reading

    def json(self, name: str, at_most: int = LARGEST_JSON) -> Any:
        try:
            return plain.parse(self.archive.read(name, at_most))
        except ValueError:
            raise VerificationError(f"不是规范的 JSON：{name}") from None

    def text(self, name: str) -> str:
        try:
            return self.archive.read(name, LARGEST_NOTE).decode()
        except UnicodeDecodeError:
            raise VerificationError(f"不是 UTF-8 文字：{name}") from None

    @cached_property
    def data(self) -> dict[str, Any]:
        found = self.json(DATA)
        rows = found.get("rows") if isinstance(found, dict) else None
        if not isinstance(rows, dict) or not all(
            isinstance(row, dict) for row in rows.values()
        ):
            raise VerificationError(f"写法不对：{DATA}")
        return dict(found)

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        return dict(self.data["rows"])

    @property
    def matter(self) -> str:
        return str(self.data.get("matter"))

    @cached_property
    def openings(self) -> Openings:
        return Openings(self.json(COMMITMENTS))

    @cached_property
    def story(self) -> Story:
        """All entries told through; each opened value must be known to be right."""
        story = Story(self.matter, self.openings.opened)
        for number, entry in sorted(self.entries.items()):
            story.tell(number, entry)
        return story

    # -- checking

    def check_manifest(self) -> str:
        manifest = self.json(MANIFEST)
        listed = manifest.get("files") if isinstance(manifest, dict) else None
        if not isinstance(listed, dict):
            raise VerificationError(f"写法不对：{MANIFEST}")
        found = self.archive.members.keys() - {MANIFEST}
        if extra := found - listed.keys():
            raise VerificationError(f"多出文件，清单里没有：{min(extra)}")
        if missing := listed.keys() - found:
            raise VerificationError(f"缺少文件，清单里有：{min(missing)}")
        for name in sorted(found):
            size = self.archive.members[name].size
            is_so = {"sha256": self.archive.digest(name), "size": size}
            if listed[name] != is_so:
                raise VerificationError(f"文件与清单不符（改动过）：{name}")
        return f"清单与文件一致：{len(found)} 个文件的大小和摘要都对"

    def check_signature(self) -> str:
        try:
            self.keys = [Verifier.parse(line) for line in self._key_lines()]
            note = self.text(CHECKPOINT)
            self.head = open_checkpoint(note, self.keys)
        except BadNote:
            raise VerificationError(
                f"存证不是这把公钥签的，或者签名后改动过：{CHECKPOINT}"
            ) from None
        if self.given.key is None:
            self.report.unchecked.append(
                "没有给出公钥（--key），用的是卷宗里自带的公钥：只能说明卷宗前后一致，"
                "不能说明出自哪里。请向乡镇或村务监督委员会要公钥，再核对一次。"
            )
        return f"存证由 {self.head.origin} 签名：{told(self.head)}"

    def _key_lines(self) -> list[str]:
        own = self.text(KEYS).splitlines()
        return [str(self.given.key)] if self.given.key else own

    def check_entries(self) -> str:
        village = self.rows.get("village", {}).get("slug")
        ids = set()
        for name in sorted(self.archive.members):
            if not (found := ENTRY.fullmatch(name)):
                continue
            body = self.archive.read(name, LARGEST_ENTRY)
            entry = read_entry(name, body)
            if entry["village"] != village:
                raise VerificationError(f"是别的村的记录：{name}")
            if entry["id"] in ids:
                raise VerificationError(f"同一条记录放了两次：{name}")
            ids.add(entry["id"])
            self.entries[int(found[1])] = entry
            self.leaves[int(found[1])] = leaf_hash(body)
        if not self.entries:
            raise VerificationError("一条办理记录也没有：entries/")
        return f"办理记录写法规范：{len(self.entries)} 条"

    def check_numbers(self) -> str:
        for number, leaf in self.leaves.items():
            name = f"proofs/{number:012d}.tlog-proof"
            data = self.archive.read(name, LARGEST)
            try:
                proof = read_inclusion(data)
                if proof.number != number:
                    raise NotProven("of another entry")
                size, root = self.head.size, self.head.root
                verify_inclusion(leaf, number, size, proof.path, root)
            except (BadNote, NotProven):
                raise VerificationError(f"证明不了第 {number} 号记录：{name}") from None
            if proof.checkpoint != self.text(CHECKPOINT):
                raise VerificationError(f"证明里的存证与卷宗的不同：{name}")
        return f"每条记录都在存证的账里，编号不错：{len(self.leaves)} 条"

    def check_heads(self) -> str:
        heads = []
        for name in sorted(self.archive.members):
            found = HEAD.fullmatch(name)
            if found is None or found[2] != "checkpoint":
                continue
            proven = f"heads/{found[1]}.consistency"
            try:
                head = open_checkpoint(self.text(name), self.keys)
                proof = read_consistency(self.archive.read(proven, LARGEST))
                if head.size != int(found[1]):
                    raise NotProven("another head")
                self._grew(head, self.head, proof)
            except (BadNote, NotProven):
                raise VerificationError(
                    f"以前的存证不是现在这本账的开头：{name}"
                ) from None
            heads.append(told(head))
        if not heads:
            return "卷宗里没有附以前的存证"
        return f"以前的存证是同一本账的开头：{'；'.join(heads)}"

    @staticmethod
    def _grew(old: Head, new: Head, proof: ProofFile) -> None:
        """Raises NotProven where the proof leads elsewhere."""
        if proof.number != old.size:
            raise NotProven("a proof from another head")
        verify_consistency(old.size, new.size, proof.path, old.root, new.root)

    def check_kept(self) -> str:
        if self.given.kept is None:
            self.report.unchecked.append(
                "没有给出自己留存的存证（--against）：查不出整本账有没有换过。"
                "纸上公示印的总数和短码，可以和上面第 3、6 项比对。"
            )
            return "留存的存证：没有给出，没有核对"
        try:
            kept = open_checkpoint(self.given.kept, self.keys)
        except BadNote:
            raise VerificationError("留存的存证不是这把公钥签的") from None
        if not self._belongs(kept):
            self.report.unchecked.append(
                f"留存的存证（{told(kept)}）与卷宗的总数不同，光凭卷宗比不了。"
                "请在服务器上运行 manage.py verify_log --against 文件，"
                "或者用 manage.py export_dossier --kept 文件 重新导出卷宗，"
                "或者另附证明（--proof）。"
            )
            return "留存的存证：签名不错，是否同一本账没有核对"
        return f"留存的存证与卷宗是同一本账：{told(kept)}"

    def _belongs(self, kept: Head) -> bool:
        """Whether both are shown to be one log; False where nothing can show it."""
        old, new = sorted((kept, self.head), key=lambda head: head.size)
        try:
            if old.size in (0, new.size):
                if old.size == new.size and old.root != new.root:
                    raise NotProven("two roots for one size")
                return True
            proof = self._leads(old, new)
            if proof is not None:
                self._grew(old, new, proof)
        except (BadNote, NotProven):
            raise VerificationError(
                f"留存的存证与卷宗不是同一本账：留存的{told(kept)}，"
                f"卷宗的{told(self.head)}"
            ) from None
        return proof is not None

    def _leads(self, old: Head, new: Head) -> ProofFile | None:
        """The proof that was given, or the one in the dossier."""
        if self.given.proof is not None:
            return self.given.proof
        name = f"heads/{old.size:012d}.consistency"
        if new == self.head and name in self.archive.members:
            return read_consistency(self.archive.read(name, LARGEST))
        return None

    def check_rows(self) -> str:
        found = list(discrepancies(self.story, self.rows))
        if found:
            listed = "\n   ".join(found[:MOST_SAID])
            raise VerificationError(
                f"{DATA} 与办理记录不符（{len(found)} 处）：\n   {listed}"
            )
        columns = sum(len(columns) for columns in self.story.rows.values())
        return f"事项资料与办理记录一致：{columns} 项；办理次序前后相接"

    def say_what_is_left(self) -> None:
        """What no dossier can show by itself; and files that belong to nothing."""
        self._nothing_else()
        unsure = self.report.unchecked.append
        rehearsed = sum("clock" in entry for entry in self.entries.values())
        if rehearsed:
            unsure(f"有 {rehearsed} 条记录是演练时记的，日期不是真的。")
        unsure(
            f"网页 {PAGE} 和 {HOW_TO} 只与清单对过，清单没有签名："
            "网页上写的与上面核对过的资料有出入时，以资料和办理记录为准。"
        )
        unsure(f"“{PROGRAM}”里附的核对程序，这里没有核对，请用另外取得的程序核对卷宗。")
        unsure("资料里办理记录没有写到的内容（如地点、主持人）不能用记录核对。")
        unsure("有没有别的办理记录没有放进卷宗，要看公开的日志。")
        unsure("查得出有没有改过，查不出当初写得对不对。")

    def _nothing_else(self) -> None:
        own = {MANIFEST, DATA, CHECKPOINT, KEYS, COMMITMENTS, PAGE, HOW_TO}
        own |= {str(row["file"]) for row in self.rows.values() if row.get("file")}
        for name in sorted(self.archive.members.keys() - own):
            number = (ENTRY.fullmatch(name) or PROOF.fullmatch(name) or [""] * 2)[1]
            mine = number and int(number) in self.entries
            if not (mine or HEAD.fullmatch(name) or name.startswith(PROGRAM)):
                raise VerificationError(f"多出文件，不属于卷宗：{name}")


def told(head: Head) -> str:
    """A head as it is printed on paper."""
    return f"总数 {head.size}，短码 {head.short}"
