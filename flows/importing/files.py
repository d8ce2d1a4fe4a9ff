"""The records of a file: lines of JSON, rows of CSV, texts in a folder; each with its bytes and its place."""

import csv
import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from extractors.page.imported import COLUMNS, CSV, JSON, MOST_CHARACTERS, TEXT, columns_of, delimiter_of, record_fields
from models.errors import InputError, UnreadablePage
from models.origin import SCHEME, Origin
from models.release import Snapshot
from scrapers.urls import canonical_url

FORMS = "JSON lines (.jsonl), CSV (.csv), both also as .gz, WARC (.warc, .warc.gz, .wacz) or a folder with texts (.txt)"

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_]?(\d{2})[-_]?(\d{2})(?!\d)")
_DAMAGED = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Record:
    """A record, or why it is none.

    `number` is the line on which it begins, in a folder the place among its files; `place` says it in words.
    """

    number: int
    place: str
    found: Snapshot | str


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file or folder that can be read. `length` is the number of its lines, or of its texts."""

    path: Path
    type: str
    sha256: str
    length: int

    @property
    def stem(self) -> str:
        """Its name without endings."""
        return self.path.resolve().name.partition(".")[0]


def open_file(path: Path) -> ImportFile:
    """What there is to be imported.

    Raises:
        InputError: it cannot be read, or is of no known form.
    """
    if path.is_dir():
        texts = _texts(path)
        if not texts:
            raise InputError(f"{path} holds no text (.txt).")
        return ImportFile(path, TEXT, "", len(texts))
    name = path.name.lower().removesuffix(".gz")
    kind = {".jsonl": JSON, ".csv": CSV, ".txt": TEXT}.get(Path(name).suffix)
    if kind is None:
        raise InputError(f"{path} cannot be imported; it should be {FORMS}.")
    try:
        digest, lines = _digest(path), _count(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}).") from error
    if kind == CSV:
        _check_columns(path)
    return ImportFile(path, kind, digest, 1 if kind == TEXT else lines)


def records(file: ImportFile, source_id: str, published: date | None, fetched_at: datetime) -> Iterator[Record]:
    """All records of a file, in its order; a file that is damaged ends with one that is none.

    Args:
        file: as `open_file` gives it.
        source_id: under which its records are stored.
        published: day of publication, for those that state none.
        fetched_at: when they are imported.
    """
    if file.type == TEXT:
        yield from _of_texts(file, source_id, published, fetched_at)
        return
    columns: str | None = None
    number = 0
    try:
        for number, body in _rows(file):
            if file.type == CSV and columns is None:
                columns = body.decode("utf-8-sig").strip()
                continue
            origin = Origin(file.path.name, file.sha256, number, columns, published)
            yield Record(number, f"line {number}", _snapshot(file.type, body, origin, source_id, fetched_at))
    except _DAMAGED as error:
        yield Record(number + 1, f"line {number + 1}", f"The file is damaged from here on ({error}).")


def _rows(file: ImportFile) -> Iterator[tuple[int, bytes]]:
    with _opened(file.path) as stream:
        if file.type == JSON:
            for number, line in enumerate(stream, start=1):
                if line.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield number, line.rstrip(b"\r\n")
        else:
            yield from _rows_of_csv(stream)


def _rows_of_csv(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Rows with their bytes; the first one names the columns."""
    first = stream.readline()
    yield 1, first.rstrip(b"\r\n")
    csv.field_size_limit(MOST_CHARACTERS)
    taken: list[bytes] = []

    def lines() -> Iterator[str]:
        for line in stream:
            taken.append(line)
            yield line.decode("utf-8", "replace")

    reader = csv.reader(lines(), delimiter=delimiter_of(first.decode("utf-8-sig")))
    begins = 2
    over = False
    while not over:
        try:
            row = next(reader, None)
            over = row is None
        except csv.Error:
            row = ["?"]  # its bytes tell what is wrong with it
        if row:
            yield begins, b"".join(taken).rstrip(b"\r\n")
        begins += len(taken)
        taken.clear()


def _of_texts(file: ImportFile, source_id: str, published: date | None, fetched_at: datetime) -> Iterator[Record]:
    folder = file.path if file.path.is_dir() else file.path.parent
    for number, path in enumerate(_texts(file.path), start=1):
        name = path.relative_to(folder).as_posix()
        place = f"{folder.resolve().name}/{name}" if file.path.is_dir() else name
        try:
            with _opened(path) as stream:
                body = stream.read()
        except _DAMAGED as error:
            yield Record(number, name, f"It cannot be read ({error}).")
            continue
        origin = Origin(place, sha256(body).hexdigest(), published=_day_in(path.name) or published)
        identity = name.removesuffix(".gz").removesuffix(".txt")
        address = SCHEME + f"{source_id}/{quote(identity)}"
        yield Record(number, name, Snapshot(address, body, _headers(TEXT, origin), None, fetched_at))


def _texts(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*.txt") if each.is_file()) if path.is_dir() else [path]


def _day_in(name: str) -> date | None:
    for match in _DAY_IN_NAME.finditer(name):
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            continue
    return None


def _snapshot(kind: str, body: bytes, origin: Origin, source_id: str, fetched_at: datetime) -> Snapshot | str:
    """The record as it is archived; why it has no address if it has none."""
    nameless = Snapshot("", body, _headers(kind, origin), None, fetched_at)
    try:
        fields = record_fields(nameless)
        address = _address(source_id, fields.get("url"), fields.get("id"))
    except UnreadablePage as error:
        return str(error)
    return Snapshot(address, body, nameless.headers, None, fetched_at)


def _address(source_id: str, url: str | None, identity: str | None) -> str:
    if url is None and identity is not None and identity.startswith(("http://", "https://")):
        url = identity
    if url is not None:
        try:
            return canonical_url(url)
        except ValueError as error:
            raise UnreadablePage(f"Its url {url!r} is no http or https address.") from error
    if identity is None:
        raise UnreadablePage("It has neither id nor url.")
    return f"{SCHEME}{source_id}/{quote(identity.strip())}"


def _headers(kind: str, origin: Origin) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", kind), *origin.headers())


def _opened(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        digest = sha256()
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _count(path: Path) -> int:
    """Lines of a file, as far as it is sound."""
    lines = 0
    with _opened(path) as stream:
        try:
            for _ in stream:
                lines += 1
        except (EOFError, zlib.error, gzip.BadGzipFile):
            pass
    return lines


def _check_columns(path: Path) -> None:
    try:
        with _opened(path) as stream:
            names = columns_of(stream.readline().decode("utf-8-sig"))
    except (UnicodeDecodeError, *_DAMAGED) as error:
        raise InputError(f"The first line of {path} cannot be read ({error}).") from error
    missing = [name for name in ("title", "text") if name not in names]
    if missing or not {"id", "url"} & set(names):
        raise InputError(f"The first line of {path} must name its columns: {', '.join(COLUMNS)} (id or url).")
