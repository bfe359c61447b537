"""The tree: against vectors nobody here wrote, and against another's code."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree
from pymerkle import verify_consistency as their_verify_consistency
from pymerkle import verify_inclusion as their_verify_inclusion

from audit import tree
from audit.tree import (
    EMPTY_ROOT,
    Frontier,
    NotProven,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from config.settings import BASE_DIR

VECTORS = BASE_DIR.parent / "shared" / "vectors"
there = pytest.mark.skipif(not VECTORS.is_dir(), reason="the vectors are not here")


def vectors(name: str) -> list[dict]:
    path = VECTORS / f"merkle-{name}.json"
    return json.loads(path.read_text()) if path.exists() else []


def raw(text: str | None) -> bytes:
    return b64decode(text or "")


def holds(check, *given) -> bool:
    try:
        check(*given)
    except NotProven:
        return False
    return True


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def reader(hashes: list[bytes]) -> tree.Read:
    """The tree over these leaves, each subtree hashed when it is asked for."""

    def read(height: int, number: int) -> bytes:
        if height == 0:
            return hashes[number]
        low = read(height - 1, 2 * number), read(height - 1, 2 * number + 1)
        return tree.node_hash(*low)

    return read


@there
def test_the_vectors_are_all_of_them():
    assert len(vectors("inclusion")) + len(vectors("consistency")) == 196


@there
@pytest.mark.parametrize("case", vectors("inclusion"), ids=lambda c: c["file"])
def test_inclusion_as_others_have_it(case):
    shown = holds(
        verify_inclusion,
        raw(case["leafHash"]),
        case["leafIdx"],
        case["treeSize"],
        [raw(each) for each in case["proof"] or []],
        raw(case["root"]),
    )
    assert shown is not case["wantErr"]


@there
@pytest.mark.parametrize("case", vectors("consistency"), ids=lambda c: c["file"])
def test_consistency_as_others_have_it(case):
    shown = holds(
        verify_consistency,
        case["size1"],
        case["size2"],
        [raw(each) for each in case["proof"] or []],
        raw(case["root1"]),
        raw(case["root2"]),
    )
    assert shown is not case["wantErr"]


def theirs(count: int) -> InmemoryTree:
    other = InmemoryTree(algorithm="sha256")
    for number in range(count):
        other.append_entry(str(number).encode())
    return other


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), st.data())
def test_another_implementation_agrees_on_roots_and_proofs(size, data):
    old = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, size - 1))
    other, read = theirs(size), reader(leaves(size))
    root, old_root = tree.root(read, size), tree.root(read, old)
    assert root == other.get_root(size)
    assert old_root == other.get_root(old)

    proof = other.prove_inclusion(index + 1, size)
    their_verify_inclusion(leaves(size)[index], root, proof)
    verify_inclusion(leaves(size)[index], index, size, proof.path[1:], root)
    assert proof.path[1:] == inclusion_proof(read, index, size)

    grown = other.prove_consistency(old, size)
    their_verify_consistency(old_root, root, grown)
    ours = consistency_proof(read, old, size)
    verify_consistency(old, size, ours, old_root, root)


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 200), st.data())
def test_one_bit_changed_anywhere_is_noticed(size, data):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size - 1))
    read = reader(leaves(size))
    root, old_root = tree.root(read, size), tree.root(read, old)
    for proof, check in (
        (
            inclusion_proof(read, index, size),
            lambda p: verify_inclusion(leaves(size)[index], index, size, p, root),
        ),
        (
            consistency_proof(read, old, size),
            lambda p: verify_consistency(old, size, p, old_root, root),
        ),
    ):
        check(proof)
        place = data.draw(st.integers(0, len(proof) - 1))
        bent = list(proof)
        bent[place] = bytes([bent[place][0] ^ 1]) + bent[place][1:]
        assert not holds(check, bent)
        assert not holds(check, proof[:-1])
        assert not holds(check, [*proof, proof[-1]])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1200))
def test_the_edge_alone_gives_the_root(size):
    edge = Frontier()
    for leaf in leaves(size):
        edge.append(leaf)
    assert edge.size == size
    assert edge.root == tree.root(reader(leaves(size)), size)
    assert len(edge.edge) == size.bit_count()


def test_a_tree_without_leaves_has_the_root_of_nothing():
    assert Frontier().root == tree.root(reader([]), 0) == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(reader(leaves(3)), index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3), (-1, 3)])
def test_no_proof_leads_from_nothing_or_backwards(old, new):
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(reader(leaves(3)), old, new)


def test_sizes_are_checked_before_anything_is_hashed(monkeypatch):
    monkeypatch.setattr(tree, "node_hash", None)  # calling it would be a TypeError
    proof, hashed = [bytes(32)] * 40, bytes(32)
    assert not holds(verify_inclusion, hashed, 1, 2**40, proof[:3], hashed)
    assert not holds(verify_inclusion, hashed, 0, 1, [bytes(31)], hashed)
    assert not holds(verify_inclusion, hashed, 0, 2**63, [hashed] * 10_000, hashed)
    assert not holds(verify_consistency, 3, 2**40, proof[:3], hashed, hashed)
