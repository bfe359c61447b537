"""Put a witness's signature under a checkpoint, on a machine of one's own.

    python -m audit.cosign --new-key NAME KEYFILE
        makes a key; prints the public one, to be registered with `register_witness`

    python -m audit.cosign CHECKPOINT KEYFILE --log VKEY [--kept OLD] > SIGNED
        signs, if all this holds, in this order:

        1. the log whose public key is VKEY signed CHECKPOINT
        2. it signed OLD as well
        3. what OLD speaks of is the beginning of what CHECKPOINT speaks of

With --kept, CHECKPOINT is the file that the page of kept heads hands out for the size
of OLD: a request to a witness as C2SP `tlog-witness` has it, with the proof in front.
Needs Python and `cryptography` alone.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from . import tree
from .note import (
    COSIGNATURE,
    BadNote,
    Head,
    Note,
    Signer,
    Verifier,
    open_checkpoint,
    tobase64,
    unbase64,
)

OWNER_ALONE = 0o600
REFUSED, UNREADABLE = 1, 2


class NotSigned(Exception):
    """Why there is no signature."""


@dataclass(frozen=True)
class Request:
    """A checkpoint, and how it is proven to go on from one of `old` entries."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A request, or a checkpoint alone, which goes on from nothing."""
        if not text.startswith("old "):
            return cls(0, (), text)
        front, blank, checkpoint = text.partition("\n\n")
        first, *lines = front.split("\n")
        size = first.removeprefix("old ")
        if not blank or not (size.isascii() and size.isdigit()):
            raise BadNote("not a request to a witness")
        return cls(int(size), tuple(map(unbase64, lines)), checkpoint)

    def __str__(self) -> str:
        lines = "".join(f"{tobase64(each)}\n" for each in self.path)
        return f"old {self.old}\n{lines}\n{self.checkpoint}"


def check(request: Request, log: Verifier, kept: str | None) -> Head:
    """The head that may be signed; raises NotSigned."""
    try:
        head = open_checkpoint(request.checkpoint, [log])  # (1)
    except BadNote as wrong:
        raise NotSigned(f"存证不是这本账签的，或者被改过（{wrong}）。") from None
    if kept is None:
        return head
    try:
        old = open_checkpoint(kept, [log])  # (2)
    except BadNote as wrong:
        raise NotSigned(f"留存的存证不是这本账签的（{wrong}）。") from None
    if request.old != old.size:
        raise NotSigned(
            f"新存证带的证明是从 {request.old} 条起的，留存的是 {old.size} 条。"
            f"请按总数 {old.size} 重新下载。"
        )
    try:
        tree.verify_consistency(  # (3)
            old.size, head.size, request.path, old.root, head.root
        )
    except tree.NotProven as wrong:
        raise NotSigned(
            f"新存证不是从留存的那里接着往后写的，不签（{wrong}）。"
            "请保存好两份文件，报告乡镇和县。"
        ) from None
    return head


def cosigned(request: Request, witness: Signer, *, at: int) -> str:
    """The checkpoint with the witness's signature under those it has."""
    if witness.kind != COSIGNATURE:
        raise NotSigned("这不是见证人的密钥。")
    note = Note.parse(request.checkpoint)
    return str(note) + witness.sign(note.text, at=at)


def new_key(name: str, file: Path) -> Verifier:
    """A new key in a file of its own, which only its owner can read."""
    key = Signer.generate(name, COSIGNATURE)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(file, flags, OWNER_ALONE), "w") as out:
        out.write(f"{key.secret}\n")
    return key.verifier


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m audit.cosign",
        description="在另一台电脑上给存证签上见证人的名。",
    )
    parser.add_argument("checkpoint", help="存证文件；做新密钥时写见证人的名称")
    parser.add_argument("key", type=Path, help="密钥文件")
    parser.add_argument("--new-key", action="store_true", help="做一个新密钥")
    parser.add_argument("--log", help="这本账的公钥，存证页上有")
    parser.add_argument("--kept", type=Path, help="上次留存的存证文件")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    asked = arguments(argv)
    try:
        if asked.new_key:
            sys.stdout.write(f"{new_key(asked.checkpoint, asked.key)}\n")
            return 0
        sys.stdout.write(signed(asked))
    except (BadNote, NotSigned) as wrong:
        sys.stderr.write(f"没有签：{wrong}\n")
        return REFUSED
    except (OSError, UnicodeDecodeError) as wrong:
        sys.stderr.write(f"读不了或者写不了文件：{wrong}\n")
        return UNREADABLE
    return 0


def signed(asked: argparse.Namespace) -> str:
    if not asked.log:
        raise NotSigned("请用 --log 写明这本账的公钥，免得签错。")
    request = Request.parse(Path(asked.checkpoint).read_text(encoding="utf-8"))
    kept = asked.kept.read_text(encoding="utf-8") if asked.kept else None
    check(request, Verifier.parse(asked.log), kept)
    witness = Signer.parse(asked.key.read_text(encoding="utf-8"))
    return cosigned(request, witness, at=int(time.time()))


if __name__ == "__main__":
    raise SystemExit(main())
