"""The records of WARC files, packed as WACZ or not: answers with their proof, or why one is none.

Whoever recorded them is believed as far as hashes reach: a record that says other than its digest, or that was cut
off, is refused by name.
"""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException
from warcio.utils import Digester

from models.archived import Archived
from models.errors import InputError
from models.release import Snapshot
from scrapers.http.warc import ARCHIVE, ASKED_FOR, OUTCOME, PLACE, RETRIEVED, SOURCE

SUFFIXES = (".warc", ".warc.gz", ".wacz")
MOST_BYTES = 50_000_000
"""Of one record, packed and unpacked; what is larger is no release."""

_BLOCK = 1 << 20
_DAMAGED = (OSError, EOFError, zlib.error, gzip.BadGzipFile, ArchiveLoadFailed, StatusAndHeadersParserException)
_FAULTS = (*_DAMAGED, ChunkedDataException, ValueError, LookupError, AttributeError, TypeError)
"""What reading a record raises that is not what a record should be."""


class _Unusable(Exception):
    """Why a record cannot be used, as a sentence."""


@dataclass(frozen=True, slots=True)
class WarcFile:
    """A file that can be read: its WARC files (those inside a WACZ by their names in it) and its SHA-256 (hex)."""

    path: Path
    members: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class WarcAnswer:
    """What a response record holds.

    Attributes:
        number: of the record in the file, 1 being the first.
        url: as the record names it.
        found: the answer, or why there is none.
        source_id: whose answer it was, in an export of our own; None in all others.
        asked_for: address before redirects, likewise.
        outcome: what came of it, likewise.
    """

    number: int
    url: str
    found: Snapshot | str
    source_id: str | None = None
    asked_for: str | None = None
    outcome: str | None = None


def open_warc(path: Path) -> WarcFile:
    """What there is to be read; the hashes of a WACZ are checked.

    Raises:
        InputError: it cannot be read, or is not what it says.
    """
    try:
        digest = _digest(path)
        members = _checked_members(path) if path.suffix.lower() == ".wacz" else (path.name,)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError(f"{path} cannot be read ({error}).") from error
    return WarcFile(path, members, digest)


def warc_answers(file: WarcFile, retrieved_at: datetime) -> Iterator[WarcAnswer]:
    """The responses of a file, in its order; a file that is damaged ends with one that is none.

    Args:
        file: as `open_warc` gives it.
        retrieved_at: when it is read (aware).
    """
    number = 0
    for member in file.members:
        with _opened(file, member) as stream:
            reader = _Reader(file, stream, retrieved_at)
            yield from reader.answers(number)
            number = reader.number


class _Reader:
    """Reads one WARC file."""

    def __init__(self, file: WarcFile, stream: IO[bytes], retrieved_at: datetime) -> None:
        self._file, self._stream, self._retrieved_at = file, stream, retrieved_at
        self._contents: dict[str, int] = {}
        """Where the record of a content begins, by its digest."""
        self._copies: dict[tuple[str, str], int] = {}
        """The same by address and date."""
        self._indexed = False
        self.number = 0

    def answers(self, number: int) -> Iterator[WarcAnswer]:
        """All responses; `number` records came before."""
        self.number = number
        self._stream.seek(0)
        records = ArchiveIterator(self._stream, check_digests=True)
        while True:
            self.number += 1
            try:
                record = next(records, None)
                if record is None:
                    self.number -= 1
                    return
                if record.rec_type not in ("response", "revisit"):
                    continue
                answer = self._answer(record)
            except _DAMAGED as error:
                yield WarcAnswer(self.number, self._file.path.name, f"The file is damaged from here on ({error}).")
                return
            yield answer

    def _answer(self, record: Any) -> WarcAnswer:
        headers = record.rec_headers
        url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
        told = {"source_id": headers.get_header(SOURCE), "outcome": headers.get_header(OUTCOME)}
        asked_for = headers.get_header(ASKED_FOR)
        try:
            found: Snapshot | str = self._snapshot(record, url)
        except _Unusable as reason:
            found = str(reason)
        except _DAMAGED:
            raise
        except _FAULTS as error:
            found = f"It cannot be read ({error})."
        return WarcAnswer(self.number, url, found, asked_for=asked_for, **told)

    def _snapshot(self, record: Any, url: str) -> Snapshot:
        headers = record.rec_headers
        if reason := headers.get_header("WARC-Truncated"):
            raise _Unusable(f"It was cut off when it was recorded (WARC-Truncated: {reason}).")
        moment = _moment(headers.get_header("WARC-Date"))
        if record.rec_type == "revisit":
            body, original = self._repeated(record)
            answered = record.http_headers or original
        else:
            body, answered = _payload(record), record.http_headers
        if answered is None:
            raise _Unusable("It has no headers of HTTP.")
        fields = tuple((str(name), str(value)) for name, value in answered.headers)
        return Snapshot(url, body, fields, int(answered.get_statuscode()), moment, self._archived(headers))

    def _archived(self, headers: Any) -> Archived | None:
        """Who fetched it; None where that was us, in an export of our own."""
        if headers.get_header(ARCHIVE):
            retrieved_at = _moment(headers.get_header(RETRIEVED))
            return Archived(unquote(headers.get_header(ARCHIVE)), headers.get_header(PLACE) or "", retrieved_at)
        if headers.get_header(SOURCE):
            return None
        record_id = (headers.get_header("WARC-Record-ID") or "").strip("<>")
        return Archived(self._file.path.name, f"sha256:{self._file.sha256}#{record_id}", self._retrieved_at)

    def _repeated(self, revisit: Any) -> tuple[bytes, Any]:
        """The body that a record repeats, and the headers that came with it: found by digest, else by reference."""
        headers = revisit.rec_headers
        self._index()
        offset = self._contents.get(headers.get_header("WARC-Payload-Digest") or "")
        if offset is None:
            refers_to = ((headers.get_header(f"WARC-Refers-To-{name}") or "").strip("<>") for name in _REFERENCE)
            offset = self._copies.get(tuple(refers_to))  # type: ignore[arg-type]
        if offset is None:
            raise _Unusable("It repeats a record that is not in this file.")
        here = self._stream.tell()
        try:
            self._stream.seek(offset)
            record = next(ArchiveIterator(self._stream, check_digests=True))
            return _payload(record), record.http_headers
        finally:
            self._stream.seek(here)

    def _index(self) -> None:
        """Notes where contents stand, once the first record is met that repeats one."""
        if self._indexed:
            return
        self._indexed = True
        here = self._stream.tell()
        self._stream.seek(0)
        try:
            records = ArchiveIterator(self._stream)
            for record in records:
                if record.rec_type != "response" or record.rec_headers.get_header("WARC-Truncated"):
                    continue
                offset = records.get_record_offset()
                named = [(record.rec_headers.get_header(f"WARC-{name}") or "").strip("<>") for name in _REFERENCE]
                self._copies.setdefault((named[0], named[1]), offset)
                if digest := record.rec_headers.get_header("WARC-Payload-Digest"):
                    self._contents.setdefault(digest, offset)
        except _DAMAGED:  # what follows is told when it is come to
            pass
        finally:
            self._stream.seek(here)


_REFERENCE = ("Target-URI", "Date")


def record_answer(packed: bytes) -> Snapshot:
    """What one record says that was fetched for itself.

    Raises:
        ValueError: it is no sound response; the message says why.
    """
    try:
        record = next(ArchiveIterator(BytesIO(packed), check_digests=True), None)
        if record is None or record.rec_type != "response" or record.http_headers is None:
            raise ValueError("it is no response record")
        body, headers = _payload(record), record.rec_headers
        fields = tuple((str(name), str(value)) for name, value in record.http_headers.headers)
        url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
        status = int(record.http_headers.get_statuscode())
        return Snapshot(url, body, fields, status, _moment(headers.get_header("WARC-Date")))
    except (_Unusable, *_FAULTS) as error:
        raise ValueError(str(error)) from error


def _payload(record: Any) -> bytes:
    """The body of a response, unpacked, its hashes checked."""
    if record.length is not None and record.length > MOST_BYTES:
        raise _Unusable(f"It has {record.length} bytes; {MOST_BYTES} are read at most.")
    raw = b"".join(iter(record.raw_stream.read, b""))
    if getattr(record.raw_stream, "limit", 0):
        raise _Unusable("The file ends within it.")
    headers = record.http_headers
    encoding = (headers.get_header("Content-Encoding") or "").strip().lower() if headers else ""
    chunked = bool(headers) and (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked"
    sent = _dechunked(raw) if chunked else raw
    _check_digest(record, sent)
    announced = headers.get_header("Content-Length") if headers and not chunked else None
    if announced and announced.isdigit() and int(announced) > len(raw):
        raise _Unusable(f"It was cut off: {len(raw)} of {announced} bytes are there.")
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise _Unusable(f"It is compressed with {encoding}.")
    return _unpacked(sent) if encoding not in ("", "identity") else sent


def _dechunked(raw: bytes) -> bytes:
    return bytes(ChunkedDataReader(BytesIO(raw)).read())


def _unpacked(packed: bytes) -> bytes:
    # What is not packed though it says so was unpacked by whoever recorded it.
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        machine = zlib.decompressobj(window)
        try:
            body = machine.decompress(packed, MOST_BYTES + 1)
        except zlib.error:
            continue
        if len(body) > MOST_BYTES:
            raise _Unusable(f"It unpacks to more than {MOST_BYTES} bytes.")
        if not machine.eof:
            raise _Unusable("It was cut off: its compressed bytes break off.")
        return body
    return packed


def _check_digest(record: Any, sent: bytes) -> None:
    checker = record.digest_checker
    if checker.passed is not False:
        return
    # Whether the digest is of the bytes with or without their chunks is not agreed upon.
    stated = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    if all("payload" in problem for problem in checker.problems):
        digester = Digester(stated.partition(":")[0] or "sha1")
        digester.update(sent)
        if str(digester).lower() == stated.lower():
            return
    raise _Unusable(f"Its bytes are not those of its digest ({'; '.join(checker.problems)}).")


def _moment(text: str | None) -> datetime:
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError as error:
        raise _Unusable(f"Its date {text!r} is none.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return _digest_of(stream)


def _digest_of(stream: IO[bytes]) -> str:
    digest = sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _checked_members(path: Path) -> tuple[str, ...]:
    with zipfile.ZipFile(path) as package:
        try:
            listed = json.loads(package.read("datapackage.json"))["resources"]
            hashes = {resource["path"]: resource["hash"] for resource in listed}
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path} is no WACZ: its datapackage.json is missing or broken.") from error
        names = sorted(name for name in package.namelist() if name.startswith("archive/") and _is_warc(name))
        if not names:
            raise InputError(f"{path} holds no WARC file.")
        for name in names:
            with package.open(name) as stream:
                if hashes.get(name) != f"sha256:{_digest_of(stream)}":
                    raise InputError(f"{name} in {path} is not what datapackage.json says (sha256).")
    return tuple(names)


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


@contextmanager
def _opened(file: WarcFile, member: str) -> Iterator[IO[bytes]]:
    """A WARC file that can be searched; one inside a WACZ is taken out for that."""
    if file.path.suffix.lower() != ".wacz":
        with file.path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(file.path) as package, package.open(member) as packed, TemporaryFile() as unpacked:
        while block := packed.read(_BLOCK):
            unpacked.write(block)
        unpacked.seek(0)
        yield unpacked
