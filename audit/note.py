"""Signed notes, checkpoints and cosignatures.

The formats are `signed-note`, `tlog-checkpoint` and `tlog-cosignature` of C2SP. Needs
the standard library and `cryptography`, so that it runs where the service does not.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

ED25519, COSIGNATURE = 0x01, 0x04
LARGEST_NOTE = 64 * 1024
MOST_SIGNATURES = 64
DASH = "\u2014"

_NAME = re.compile(r"[^\s+]{1,200}")
_LINE = re.compile(rf"{DASH} (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/]+={{0,2}})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadNote(ValueError):
    """Not a signed note, not a checkpoint, or not one that a known key signed."""


def unbase64(text: str) -> bytes:
    """The bytes, where they are written in the one way that is allowed."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("not base64") from None
    if tobase64(found) != text:
        raise BadNote("not base64 as it must be written")
    return found


def tobase64(data: bytes) -> str:
    return base64.b64encode(data).decode()


# -- keys ----------------------------------------------------------------------------


def key_id(name: str, kind: int, public: bytes) -> int:
    digest = hashlib.sha256(f"{name}\n".encode() + bytes([kind]) + public).digest()
    return int.from_bytes(digest[:4], "big")


@dataclass(frozen=True)
class Verifier:
    """A public key with its name: `name+hash+key`, as it is handed out."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadNote where this is no Ed25519 key of a log or of a witness."""
        name, _, rest = text.strip().partition("+")
        digits, _, data = rest.partition("+")
        material = unbase64(data)
        kind, public = material[:1], material[1:]
        if not _NAME.fullmatch(name) or len(public) != 32:  # noqa: PLR2004
            raise BadNote("not a public key as it is handed out")
        key = cls(name, kind[0], public)
        if key.kind not in (ED25519, COSIGNATURE) or digits != f"{key.id:08x}":
            raise BadNote("not a public key of this kind")
        return key

    @property
    def id(self) -> int:
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        data = tobase64(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.id:08x}+{data}"

    def verify(self, message: bytes, signature: bytes) -> None:
        """Raises BadNote where the signature is not this key's over these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise BadNote(f"the signature of {self.name} is not right") from None


@dataclass(frozen=True)
class Signer:
    """A private key with its name: `PRIVATE+KEY+name+hash+key`, never shown."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> Self:
        if not _NAME.fullmatch(name):
            raise BadNote("a key's name has neither blanks nor plus signs")
        key = Ed25519PrivateKey.generate()
        raw, plain = serialization.Encoding.Raw, serialization.NoEncryption()
        seed = key.private_bytes(raw, serialization.PrivateFormat.Raw, plain)
        return cls(name, kind, seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadNote, without repeating the key."""
        words = text.strip().split("+", 4)
        if len(words) != 5 or words[:2] != ["PRIVATE", "KEY"]:  # noqa: PLR2004
            raise BadNote("not a private key")
        material = unbase64(words[4])
        if len(material) != 33 or not _NAME.fullmatch(words[2]):  # noqa: PLR2004
            raise BadNote("not a private key")
        key = cls(words[2], material[0], material[1:])
        if words[3] != f"{key.verifier.id:08x}":
            raise BadNote("not a private key")
        return key

    @property
    def secret(self) -> str:
        """The key in the form in which it is kept."""
        data = tobase64(bytes([self.kind]) + self.seed)
        return f"PRIVATE+KEY+{self.name}+{self.verifier.id:08x}+{data}"

    @property
    def verifier(self) -> Verifier:
        raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
        return Verifier(self.name, self.kind, self._key.public_key().public_bytes(*raw))

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str, *, at: int | None = None) -> str:
        """The line that signs the text; a witness says at which second (POSIX)."""
        if self.kind == COSIGNATURE:
            if at is None:
                raise ValueError("a cosignature says when")
            signed = struct.pack(">Q", at) + self._key.sign(cosigned(text, at))
        else:
            signed = self._key.sign(text.encode())
        data = self.verifier.id.to_bytes(4, "big") + signed
        return f"{DASH} {self.name} {tobase64(data)}\n"


def cosigned(text: str, at: int) -> bytes:
    """What a witness signs: that it saw this checkpoint at this second."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


# -- notes ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Signature:
    """One signature line, not verified yet."""

    name: str
    id: int
    data: bytes

    @property
    def line(self) -> str:
        whole = self.id.to_bytes(4, "big") + self.data
        return f"{DASH} {self.name} {tobase64(whole)}\n"


@dataclass(frozen=True)
class Note:
    """A text and the signatures under it. The text says nothing until verified."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, note: str | bytes) -> Self:
        """Raises BadNote where it has not the form of a signed note."""
        whole = note if isinstance(note, str) else _decoded(note)
        if len(whole) > LARGEST_NOTE:
            raise BadNote("longer than any note")
        if any(ord(c) < 0x20 and c != "\n" for c in whole):  # noqa: PLR2004
            raise BadNote("a note has no control characters")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise BadNote("no signatures follow the text")
        signed = tuple(_signature(line) for line in lines[:-1].split("\n"))
        if len(signed) > MOST_SIGNATURES:
            raise BadNote("too many signatures")
        return cls(text + "\n", signed)

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(each.line for each in self.signatures)}"

    def signed_by(self, key: Verifier) -> int | None:
        """When a witness saw it, 0 for a log's own key; None where it did not sign.

        Raises BadNote where the line bears the key's name and id and is not right.
        """
        for each in self.signatures:
            if (each.name, each.id) != (key.name, key.id):
                continue
            if key.kind == ED25519:
                key.verify(self.text.encode(), each.data)
                return 0
            stamp, signature = each.data[:8], each.data[8:]
            at = int.from_bytes(stamp, "big")
            key.verify(cosigned(self.text, at), signature)
            return at
        return None


def _decoded(note: bytes) -> str:
    try:
        return note.decode()
    except UnicodeDecodeError:
        raise BadNote("a note is text in UTF-8") from None


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if found is None:
        raise BadNote("not a line of a signature")
    data = unbase64(found["signature"])
    if len(data) < 5:  # noqa: PLR2004
        raise BadNote("a signature is longer")
    return Signature(found["name"], int.from_bytes(data[:4], "big"), data[4:])


# -- checkpoints ---------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """How many entries a log has, and the root of the tree over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{tobase64(self.root)}\n"

    @property
    def short(self) -> str:
        """The beginning of the root, as it is printed on paper."""
        return self.root.hex()[:16]


def read_head(text: str) -> Head:
    """The head a checkpoint's text tells of; raises BadNote."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004
        raise BadNote("a checkpoint has an origin, a size and a root")
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size) or len(unbase64(root)) != 32:  # noqa: PLR2004
        raise BadNote("a checkpoint has an origin, a size and a root")
    return Head(origin, int(size), unbase64(root))


def open_checkpoint(note: str | bytes, keys: Iterable[Verifier]) -> Head:
    """The head, where one of these keys of the log signed it; raises BadNote."""
    parsed = Note.parse(note)
    signed = [k for k in keys if k.kind == ED25519 and parsed.signed_by(k) is not None]
    if not signed:
        raise BadNote("no known key of the log signed it")
    head = read_head(parsed.text)
    if head.origin not in {key.name for key in signed}:
        raise BadNote("it is a checkpoint of another log")
    return head


def sign_checkpoint(head: Head, *signers: Signer) -> str:
    """The checkpoint as it is published."""
    return f"{head.text}\n{''.join(each.sign(head.text) for each in signers)}"
