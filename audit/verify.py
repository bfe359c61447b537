"""Check a dossier on a machine that knows nothing of us.

    python -m audit.verify DOSSIER.zip [--against CHECKPOINT [--proof FILE]]
                                       [--key VKEY] [--json]

needs Python and `cryptography`, writes nothing, asks nobody, and checks that

 1. the archive is whole, and nothing in it leads outside or unpacks to more than it is;
 2. its manifest lists exactly its files, each with its size and SHA-256;
 3. its checkpoint was signed by the log's key;
 4. each entry is written in the one way there is, for this village, and stands once;
 5. each entry stands at its number in the tree of that checkpoint;
 6. the earlier checkpoints in it are beginnings of the same log;
 7. a checkpoint that somebody kept belongs to the same log, where one is given;
 8. what is opened of the sealed facts is what was sealed in the entries;
 9. texts, notices and rosters have the hashes that are written down for them;
10. the attachments are those of which the entries hold the hash;
11. the rows say what the entries say, and each stage follows from the one before.

What it could not check it names as well. Exit 0 where all of it holds, 1 where the
dossier is not as it must be, 2 where what was given cannot be used at all.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from .contents import check_attachments, check_hashes
from .dossier import Dossier, Given, Report
from .note import LARGEST_NOTE, BadNote, Note, Verifier
from .packed import LOCAL, Archive, VerificationError
from .prooffile import LARGEST, ProofFile, read_consistency

T = TypeVar("T")
HOLDS, DEFECT, UNUSABLE = 0, 1, 2


class Unusable(Exception):
    """What was given is no dossier, no key, no checkpoint at all."""


def verify(file: BinaryIO, given: Given, report: Report) -> None:
    """Check all that can be; raises VerificationError at the first defect."""
    done = report.checked.append
    # (1)
    archive = Archive(file)
    done(f"压缩包完好：{len(archive.members)} 个文件，没有夹带")
    dossier = Dossier(archive, given, report)
    # (2)
    done(dossier.check_manifest())
    # (3)
    done(dossier.check_signature())
    # (4)
    done(dossier.check_entries())
    # (5)
    done(dossier.check_numbers())
    # (6)
    done(dossier.check_heads())
    # (7)
    done(dossier.check_kept())
    # (8)
    done(dossier.openings.check(dossier.entries, report.unchecked))
    # (9)
    done(check_hashes(dossier.rows, dossier.story, report.unchecked))
    # (10)
    done(check_attachments(archive, dossier.rows, dossier.story, report.unchecked))
    # (11)
    done(dossier.check_rows())
    dossier.say_what_is_left()


def examine(path: Path, given: Given) -> tuple[Report, str]:
    """What holds and what could not be checked; and the defect, "" where none is."""
    report = Report()
    try:
        with path.open("rb") as file:
            if file.read(2) != LOCAL[:2]:
                raise Unusable(f"不是卷宗（ZIP 文件）：{path}")
            verify(file, given, report)
    except OSError:
        raise Unusable(f"打不开：{path}") from None
    except VerificationError as defect:
        return report, str(defect)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        # What is in it has not even the form that a check could refuse.
        return report, "卷宗里资料的写法不对，没有办法核对"
    return report, ""


# -- the command ---------------------------------------------------------------------


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m audit.verify", description="核对卷宗有没有改过。"
    )
    parser.add_argument("dossier", type=Path, help="卷宗（ZIP）")
    parser.add_argument("--against", type=Path, help="自己留存的存证（文件）")
    parser.add_argument("--proof", type=Path, help="从一份存证到另一份的证明（文件）")
    parser.add_argument("--key", help="公钥，一行文字")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")
    asked = parser.parse_args(words)
    try:
        given = Given(
            key=asked.key and _understood("公钥", Verifier.parse, asked.key),
            kept=asked.against and _kept(asked.against),
            proof=asked.proof and _proof(asked.proof),
        )
        report, defect = examine(asked.dossier, given)
    except Unusable as why:
        sys.stderr.write(f"{why}\n")
        return UNUSABLE
    write = as_json if asked.json else as_text
    sys.stdout.write(write(report, defect))
    return DEFECT if defect else HOLDS


def _understood(what: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except BadNote:
        raise Unusable(f"看不懂给出的{what}") from None


def _bytes(path: Path, at_most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(at_most + 1)
    except OSError:
        raise Unusable(f"打不开：{path}") from None


def _kept(path: Path) -> str:
    try:
        text = _bytes(path, LARGEST_NOTE).decode()
    except UnicodeDecodeError:
        raise Unusable("看不懂给出的存证") from None
    return str(_understood("存证", Note.parse, text))


def _proof(path: Path) -> ProofFile:
    data = _bytes(path, LARGEST)
    return _understood("证明", lambda _path: read_consistency(data), str(path))


def as_text(report: Report, defect: str) -> str:
    lines = [f"{n}. {line}" for n, line in enumerate(report.checked, 1)]
    if defect:
        lines.append(f"{len(lines) + 1}. 不对：{defect}")
        lines.append("结论：卷宗不可信。后面的没有再核对。")
    else:
        lines += ["没有核对的：", *(f"- {line}" for line in report.unchecked)]
        lines.append("结论：以上核对的都相符。")
    return "".join(f"{_tame(line)}\n" for line in lines)


def _tame(line: str) -> str:
    """Whoever made the dossier writes no lines of their own into the report."""
    return "\n   ".join(
        "".join(c if c.isprintable() else "\ufffd" for c in part)
        for part in line.split("\n   ")
    )


def as_json(report: Report, defect: str) -> str:
    found = {
        "ok": not defect,
        "checked": report.checked,
        "defect": defect or None,
        "unchecked": report.unchecked,
    }
    return json.dumps(found, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
