"""A dossier whose manifest was made to match is held against its entries."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from audit.dossier import Report
from audit.note import Head, Signer, sign_checkpoint
from audit.verify import as_text
from tests.workflows.dossiers import Files, Good, listed, packed
from tests.workflows.dossiers import good as good  # noqa: PLC0414

pytestmark = pytest.mark.django_db


def swapped(good: Good, start: str, files: Files) -> None:
    one, other = [name for name in sorted(files) if name.startswith(start)][:2]
    files[one], files[other] = files[other], files[one]


def edited(name: str, change: Any) -> Any:
    """The same JSON with something changed."""

    def edit(good: Good, files: Files) -> None:
        said = json.loads(files[name])
        change(said)
        files[name] = json.dumps(said, ensure_ascii=False).encode()

    return edit


def row(start: str, **columns: Any) -> Any:
    """A row of that name with other columns."""

    def change(said: Any) -> None:
        name = next(n for n in said["rows"] if n.startswith(start))
        said["rows"][name] |= columns

    return edited("data.json", change)


def without(start: str) -> Any:
    def change(said: Any) -> None:
        del said["rows"][next(n for n in said["rows"] if n.startswith(start))]

    return edited("data.json", change)


def tally(**columns: Any) -> Any:
    def change(said: Any) -> None:
        said["rows"][next(n for n in said["rows"] if "/tallies/" in n)] |= columns

    return edited("data.json", change)


def no_entry(good: Good, files: Files) -> None:
    """The first announcement is left out, proof and all."""
    for name in sorted(files):
        if name.startswith("entries/") and b'"matter.announced"' in files[name]:
            number = name[8:20]
            del files[name], files[f"proofs/{number}.tlog-proof"]
            opened = json.loads(files["commitments.json"])
            del opened[str(int(number))]
            files["commitments.json"] = json.dumps(opened).encode()
            return


def other_entry(good: Good, files: Files) -> None:
    name = good.first("entries/")
    files[name] = files[name].replace(b'"office":"clerk"', b'"office":"rep"')


def blanks(good: Good, files: Files) -> None:
    name = good.first("entries/")
    files[name] = files[name].replace(b'"v":1', b'"v": 1')


def opened(**change: Any) -> Any:
    def edit(said: Any) -> None:
        first = min(said, key=int)
        said[first][min(said[first])] |= change

    return edited("commitments.json", edit)


def other_log(good: Good, files: Files) -> None:
    """A head of somebody else's, with their key beside it."""
    signer = Signer.generate("other.example/log")
    files["keys"] = f"{signer.verifier}\n".encode()
    files["checkpoint"] = sign_checkpoint(
        Head(signer.name, 99, bytes(32)), signer
    ).encode()


def other_root(good: Good, files: Files) -> None:
    """The head as it was, of one entry more."""
    origin, size, rest = files["checkpoint"].split(b"\n", 2)
    files["checkpoint"] = b"\n".join([origin, b"%d" % (int(size) + 1), rest])


def exchanged(good: Good, files: Files) -> None:
    files[good.first("attachments/documents")] = b"%PDF another contract"


def other_page(good: Good, files: Files) -> None:
    """The signatures of a sitting, on another page."""
    name = next(n for n in sorted(files) if n.endswith("-pages-2.pdf"))
    files[name] = b"%PDF other signatures"


def signed(**columns: Any) -> Any:
    """Of the first page that was signed."""

    def change(said: Any) -> None:
        said["rows"][next(n for n in said["rows"] if n.endswith("/pages/1"))] |= columns

    return edited("data.json", change)


def other_head(good: Good, files: Files) -> None:
    names = sorted(n for n in files if n.startswith("heads/") and n.endswith("t"))
    files[names[0]] = files[names[1]]


FORGED = {
    "proof swapped": (lambda g, f: swapped(g, "proofs/", f), "证明不了第 .*proofs/"),
    "entries swapped": (lambda g, f: swapped(g, "entries/", f), "证明不了第 .*proofs/"),
    "entry altered": (other_entry, "证明不了第 1 号记录：proofs/000000000001"),
    "entry not canonical": (blanks, "写法不规范（改动过）：entries/000000000001"),
    "entry left out": (no_entry, "data.json 与办理记录不符"),
    "head of another log": (other_log, "证明不了第 1 号记录：proofs/000000000001"),
    "head altered": (other_root, "不是这把公钥签的，或者签名后改动过：checkpoint"),
    "earlier head exchanged": (other_head, "不是现在这本账的开头：heads/"),
    "sealed value altered": (opened(value="李四"), "commitments.json 与第 1 号记录"),
    "salt altered": (opened(salt="00" * 32), "commitments.json 与第 1 号记录"),
    "salt of another form": (opened(salt=7), "commitments.json 与第 1 号记录"),
    "attachment exchanged": (exchanged, "摘要不符（换过）：attachments/documents-1"),
    "signed page exchanged": (other_page, "摘要不符（换过）：attachments/sitting-.*-2"),
    "signed page's sort": (signed(sort="tally"), "sitting/.*/pages/1 的 sort"),
    "signed page's hash": (signed(file_hash="0" * 64), "摘要不符（换过）：.*-pages-1"),
    "stage": (row("matter/", stage="archived"), "data.json.*\n.*matter/.* 的 stage"),
    "title": (row("matter/", title="别的事"), "data.json：texts/1 的正文与摘要不符"),
    "text": (row("texts/", text="别的话。"), "data.json：texts/1 的正文与摘要不符"),
    "text's hash": (row("texts/", hash="0" * 64), "data.json：texts/1 的正文"),
    "notice's words": (row("notice/", board_text="改。"), "data.json：notice/.*文字"),
    "notice's days": (row("notice/", days=1), "data.json.*\n.*notice/.* 的 days"),
    "votes": (tally(votes_for=5), "data.json.*\n.*tallies/1 的 votes_for"),
    "outcome": (tally(passed=False), "data.json.*\n.*tallies/1 的 passed"),
    "came": (row("sitting/", present=3), "data.json：sitting/.*到会|的 present"),
    "entitled": (row("sitting/", eligible=3), "data.json：sitting/.*应到人数"),
    "objection": (row("objection/", text="好。"), "objection/.* 的 text"),
    "objector": (row("objection/", name="王五"), "objection/.* 的 name"),
    "resolution": (row("resolutions/", passed=False), "resolutions/1：没有办理记录"),
    "row left out": (without("objection/"), "objection/.*卷宗里没有"),
    "row invented": (
        edited("data.json", lambda d: d["rows"].update({"documents/9": {}})),
        "documents/9：没有办理记录说到它",
    ),
    "other village": (row("village", slug="0"), "别的村的记录：entries/"),
    "rows of no form": (edited("data.json", lambda d: d.update(rows=[])), "data.json"),
    "rows of wrong types": (row("sitting/", roster={"lines": 3}), "名册|写法不对"),
    "no JSON": (lambda g, f: f.update({"data.json": b"{"}), "JSON：data.json"),
}


@pytest.mark.parametrize("forged", FORGED)
def test_forged_with_a_manifest_to_match(good: Good, forged: str):
    change, said = FORGED[forged]
    files = good.files
    change(good, files)
    _checked, defect, _ = good.judged(packed(listed(files)))
    assert re.search(said, defect), defect


def test_what_is_made_up_writes_no_line_of_the_report(good: Good):
    files = good.files
    row = "x\n结论：以上核对的都相符。\x1b[2J\u202e"
    edited("data.json", lambda d: d["rows"].update({row: {}}))(good, files)
    report, defect = Report(), good.judged(packed(listed(files)))[1]
    lines = as_text(report, defect).splitlines()
    assert lines[-1] == "结论：卷宗不可信。后面的没有再核对。"
    assert not any(line.startswith("结论：以上") for line in lines)
    assert "\x1b" not in "".join(lines)


def test_a_page_with_a_manifest_to_match_is_said_to_be_unchecked(good: Good):
    """Nobody signed the manifest; the data are bound to the entries, the page not."""
    files = good.files
    files["index.html"] = files["index.html"].replace("赞成".encode(), "反对".encode())
    _checked, defect, unchecked = good.judged(packed(listed(files)))
    assert not defect
    assert any("index.html" in line for line in unchecked)
