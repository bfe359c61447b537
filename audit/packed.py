"""The ZIP file of a dossier, read without trusting it. Nothing is ever written.

Dossiers are stored and not compressed, one file behind the other, each header once in
front and once at the end: so there is exactly one way to write them, whatever differs
from it is refused before it is read, and nothing can unpack to more than it is.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LARGEST = 512 * 1024 * 1024
MOST_FILES = 20_000
LONGEST_NAME = 200
CHUNK = 1024 * 1024

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# Version, flags, method, time, date, crc, two sizes, lengths of name and of extras.
HEADER = struct.Struct("<HHHHHIIIHH")
IN_FRONT = struct.Struct(f"<4s{HEADER.size}s")
# Made by, the header again, length of comment, disk, two attributes, where it is.
AT_THE_END = struct.Struct(f"<4sH{HEADER.size}sHHHII")
LAST = struct.Struct("<4sHHHHIIH")

MADE_BY, VERSION = 3 << 8 | 20, 20
ENCRYPTED, UTF8, STORED = 0x1, 0x800, 0
PLAIN_FILE = 0o100644 << 16
KIND_OF_FILE, LINK = 0o170000 << 16, 0o120000 << 16

_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


class VerificationError(Exception):
    """Something is not as it must be; the message says what, and in which file."""


@dataclass(frozen=True)
class Member:
    """One file of the archive: where its bytes are, and how many."""

    name: str
    start: int
    size: int
    crc: int


@dataclass(frozen=True)
class Record:
    """What the directory at the end says of a file, and where the next record is."""

    name: str
    header: bytes
    front: int
    next: int


class Archive:
    """The files of a dossier by name; raises VerificationError."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.length = file.seek(0, 2)
        if self.length > LARGEST:
            raise VerificationError(f"压缩包超过 {LARGEST >> 20} MB，没有打开")
        self.members: dict[str, Member] = {}
        self._read_directory()

    def read(self, name: str, at_most: int) -> bytes:
        """All of a file; raises where it is missing, too large or damaged."""
        if name not in self.members:
            raise VerificationError(f"缺少文件：{name}")
        if self.members[name].size > at_most:
            raise VerificationError(f"文件过大：{name}")
        return b"".join(self._chunks(self.members[name]))

    def digest(self, name: str) -> str:
        """The SHA-256 of a file, read piece by piece."""
        sha = hashlib.sha256()
        for chunk in self._chunks(self.members[name]):
            sha.update(chunk)
        return sha.hexdigest()

    def _chunks(self, member: Member) -> Iterator[bytes]:
        self.file.seek(member.start)
        left, crc = member.size, 0
        while left:
            chunk = self._take(min(left, CHUNK))
            left, crc = left - len(chunk), zlib.crc32(chunk, crc)
            yield chunk
        if crc != member.crc:
            raise VerificationError(f"文件损坏：{member.name}")

    def _take(self, size: int) -> bytes:
        found = self.file.read(size)
        if len(found) != size:
            raise VerificationError("压缩包不完整（可能没有传完）")
        return found

    def _read_directory(self) -> None:
        many, size, start = self._last_record()
        self.file.seek(start)
        directory = memoryview(self._take(size))
        at = behind = 0
        names = set()
        for _ in range(many):
            record = _record(directory, at)
            if record.name.casefold() in names:
                raise VerificationError(f"文件名重复：{record.name}")
            if record.front != behind:
                raise VerificationError(f"压缩包不是原样：{record.name} 前面多了内容")
            member = self._member(record)
            names.add(record.name.casefold())
            self.members[record.name] = member
            at, behind = record.next, member.start + member.size
        if at != size or behind != start:
            raise VerificationError("压缩包不是原样：文件之间夹有别的内容")

    def _last_record(self) -> tuple[int, int, int]:
        """How many files, and the directory's size and place."""
        if self.length < LAST.size:
            raise VerificationError("压缩包不完整（可能没有传完）")
        self.file.seek(self.length - LAST.size)
        sign, *rest = LAST.unpack(self._take(LAST.size))
        disk, disk_of, here, many, size, start, comment = rest
        if sign != END:
            raise VerificationError("压缩包不完整（可能没有传完），或者末尾加了东西")
        if (disk, disk_of, comment) != (0, 0, 0) or here != many:
            raise VerificationError("压缩包不是原样：末尾的记录不对")
        if many > MOST_FILES:
            raise VerificationError(f"压缩包里超过 {MOST_FILES} 个文件，没有打开")
        if start + size + LAST.size != self.length:
            raise VerificationError("压缩包不是原样：目录的位置不对")
        return many, size, start

    def _member(self, record: Record) -> Member:
        """Where the file's bytes are, where both of its headers agree."""
        self.file.seek(record.front)
        name = record.name.encode()
        front = self._take(IN_FRONT.size + len(name))
        if front != IN_FRONT.pack(LOCAL, record.header) + name:
            raise VerificationError(f"压缩包前后两处写的不一样：{record.name}")
        *_, crc, size, _size, _name, _extra = HEADER.unpack(record.header)
        return Member(record.name, record.front + len(front), size, crc)


def _record(directory: memoryview, at: int) -> Record:
    """The record of one file in the directory at the end."""
    if len(directory) < at + AT_THE_END.size:
        raise VerificationError("压缩包不是原样：目录不完整")
    sign, made_by, header, *rest = AT_THE_END.unpack_from(directory, at)
    comment, disk, internal, external, front = rest
    long = HEADER.unpack(header)[-2]
    at += AT_THE_END.size
    if sign != CENTRAL or not 0 < long <= LONGEST_NAME:
        raise VerificationError("压缩包不是原样：目录不完整")
    name = _name(bytes(directory[at : at + long]))
    _as_we_write(name, header, external)
    if (made_by, comment, disk, internal) != (MADE_BY, 0, 0, 0):
        raise VerificationError(f"压缩包不是原样：{name}")
    return Record(name, header, front, at + long)


def _name(raw: bytes) -> str:
    """The name, where it stays inside the folder into which somebody unpacks it."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise VerificationError(f"文件名不是 UTF-8：{raw!r}") from None
    parts = name.split("/")
    if name.startswith("/") or _UNSAFE.search(name):
        raise VerificationError(f"文件名不安全：{name!r}")
    if any(part.strip(". ") == "" or part.endswith((" ", ".")) for part in parts):
        raise VerificationError(f"文件名不安全：{name!r}")
    return name


def _as_we_write(name: str, header: bytes, external: int) -> None:
    version, flags, method, _time, _date, _crc, packed, size, _long, extra = (
        HEADER.unpack(header)
    )
    if flags & ENCRYPTED:
        raise VerificationError(f"文件加了密码：{name}")
    if external & KIND_OF_FILE == LINK:
        raise VerificationError(f"不是文件，是指向别处的链接：{name}")
    if method != STORED or packed != size:
        raise VerificationError(f"文件是压缩过的，卷宗里的文件都不压缩：{name}")
    if external != PLAIN_FILE or version != VERSION or extra:
        raise VerificationError(f"压缩包不是原样：{name}")
    if flags != (0 if name.isascii() else UTF8):
        raise VerificationError(f"压缩包不是原样：{name}")
