"""What is quickly found right is right: the usual form admits nothing else."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import grammar
from audit.canonical import canonical
from audit.kinds import KINDS
from audit.log import VERSION, Envelope, about, by_whom
from audit.verification.bodies import slowly, wrong
from tests.audit.conftest import SAMPLES, Somebody, Thing

LETTERS = string.ascii_letters + string.digits + '{}[]",:\\ -.\u4e00'


def body_of(code: str) -> str:
    kind, envelope = KINDS[code], Envelope()
    by = Somebody("clock", "", None) if kind.clock else Somebody()
    uid = "140724200205" if kind.noun == "village" else "0123456789"
    facts = kind.write({name: SAMPLES[fact.name] for name, fact in kind.facts.items()})
    return canonical(
        {
            "v": VERSION,
            "id": "0f" * 16,
            "kind": code,
            "recorded_at": "2026-03-20T01:00:00.000000Z",
            "held_on": "2026-03-19",
            **about(kind, Thing(f"{kind.noun}/{uid}")),
            **by_whom(kind, by, envelope),
            "facts": envelope.close(facts),
        }
    ).decode()


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_has_its_usual_form(code):
    form = grammar.usual(code)
    said = form.columns(body_of(code))
    assert said[1] == code
    assert wrong(body_of(code), "|".join(said)) == []
    assert list(slowly(body_of(code), "|".join(said))) == []
    assert (
        wrong(body_of(code), "|".join(said).replace("clerk", "rep")) or "clock" in said
    )


@settings(max_examples=300, deadline=None)
@given(
    code=st.sampled_from(sorted(KINDS)),
    at=st.floats(0, 1),
    length=st.integers(0, 3),
    put=st.text(LETTERS, max_size=3),
)
def test_what_has_the_form_has_nothing_wrong(code, at, length, put):
    body = body_of(code)
    start = int(at * len(body))
    changed = body[:start] + put + body[start + length :]
    said = grammar.usual(code).columns(changed)
    if said is not None:
        assert list(slowly(changed, "|".join(said))) == []


def test_what_has_not_the_usual_form_may_be_right():
    body = body_of("matter.archived").replace("2026-03-19", "2024-02-29")
    columns = grammar.usual("matter.archived").columns
    assert columns(body) is None
    said = "|".join(columns(body_of("matter.archived"))).replace(
        "2026-03-19", "2024-02-29"
    )
    assert wrong(body, said) == []


DEEP = 900


@pytest.mark.parametrize(
    "body",
    [
        *("", "[]", "x", "[" * 50_000, '{"a":1}', '{"kind":1}', '{"kind":[]}'),
        f'{{"a":{"[" * DEEP}{"]" * DEEP}}}',
        body_of("matter.archived")
        .replace('"facts":{', '"facts":[{')
        .replace("},", "}],"),
    ],
)
def test_what_is_no_entry_is_told(body):
    assert wrong(body, "|".join("-" * 10))
