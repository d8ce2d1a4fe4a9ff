"""An office whose site was archived over the years, and the records that web archives keep of it."""

import gzip
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from models.source import Source

HOST = "amt.example"
_HTML = "text/html; charset=utf-8"
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def office(**changes: object) -> Source:
    """A press office whose releases stand at /pm/NUMBER, listed at /pm and in a feed."""
    known = {
        "id": "amt",
        "publisher": "Amt für Radwege",
        "level": "land",
        "state": "BE",
        "homepage": f"https://www.{HOST}/",
        "hosts": (f"www.{HOST}",),
        "family": "generic",
        "verified": "never",
        "feeds": (f"https://www.{HOST}/rss",),
        "lists": ({"url": f"https://www.{HOST}/pm", "selectors": {"item": "li", "link": "a"}},),
        "release_url": r"/pm/\d+",
        "gate": {"min_bytes": 100},
    }
    return Source.model_validate(known | changes)


def page(number: int, done: int, published: str = "2015-03-02") -> bytes:
    """A release that states how many of 40 cycle paths are done."""
    return (
        f"<!doctype html><html lang='de'><head><title>Radwege {number}</title>"
        f"<meta name='dcterms.date' content='{published}'></head><body><main><article><h1>Radwege {number}</h1>"
        f"<time datetime='{published}'>{published}</time>"
        f"<p>Von den 40 Radwegen des Programms {number} sind {done} fertiggestellt.</p>"
        "<p>Die Arbeiten dauerten lange, und das Land dankt allen, die daran mitgewirkt haben.</p>"
        "</article></main></body></html>"
    ).encode()


def listing(*numbers: int) -> bytes:
    """The office's list of releases."""
    items = "".join(f"<li><a href='/pm/{number}'>Radwege {number}</a></li>" for number in numbers)
    return f"<!doctype html><html><head><title>Presse</title></head><body><ul>{items}</ul></body></html>".encode()


CHALLENGE = b"<!doctype html><html><head><title>Just a moment...</title></head><body>" + b"<p>.</p>" * 60 + b"</body>"


@dataclass
class Kept:
    """One record: what an office answered at a time, as an archive wrote it down."""

    url: str
    at: datetime
    body: bytes = b""
    status: str = "200 OK"
    content_type: str = _HTML
    headers: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    chunked: bool = False
    repeats: "Kept | None" = None
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        return self.at.strftime("%Y%m%d%H%M%S")

    def http(self) -> StatusAndHeaders:
        fields = [("Content-Type", self.content_type), *self.headers]
        if self.encoding:
            fields.append(("Content-Encoding", self.encoding))
        if self.chunked:
            fields.append(("Transfer-Encoding", "chunked"))
        return StatusAndHeaders(self.status, fields, protocol="HTTP/1.1")

    def sent(self) -> bytes:
        """The body as it was sent, but for chunks."""
        return gzip.compress(self.body, mtime=0) if self.encoding == "gzip" else self.body

    def payload(self) -> bytes:
        sent = self.sent()
        if self.chunked:
            sent = b"%x\r\n%s\r\n0\r\n\r\n" % (len(sent), sent)
        return sent


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def warc(path: Path, records: list[Kept], *, damaged: frozenset[int] = frozenset()) -> Path:
    """Writes records; of those numbered in `damaged` a byte is changed behind their hash."""
    info = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    members = [_written(info.create_warcinfo_record(path.name, {"software": "test"}))]
    for number, member in enumerate(_written_records(records)):
        members.append(member.replace(b"fertig", b"fertiq") if number in damaged else member)
    packed = (gzip.compress(member, 6, mtime=0) for member in members)
    path.write_bytes(b"".join(packed if path.name.endswith(".gz") else members))
    return path


def written_records(records: list[Kept]) -> list[bytes]:
    """Each record, packed for itself."""
    return [gzip.compress(member, 6, mtime=0) for member in _written_records(records)]


def _written_records(records: list[Kept]) -> Iterator[bytes]:
    digests: dict[int, str] = {}
    for kept in records:
        record = _record(kept, digests)
        yield _written(record)
        digests[id(kept)] = record.rec_headers.get_header("WARC-Payload-Digest")


def _record(kept: Kept, digests: dict[int, str]) -> ArcWarcRecord:
    writer = WARCWriter(BytesIO(), gzip=False, warc_version="WARC/1.1")
    fields = {"WARC-Date": kept.at.strftime(_MOMENT), **kept.fields}
    if kept.repeats is None:
        body = BytesIO(kept.payload())
        return writer.create_warc_record(kept.url, "response", body, http_headers=kept.http(), warc_headers_dict=fields)
    first = kept.repeats
    return writer.create_revisit_record(
        kept.url, digests[id(first)], first.url, first.at.strftime(_MOMENT), kept.http(), fields
    )


def _written(record: ArcWarcRecord) -> bytes:
    stream = BytesIO()
    WARCWriter(stream, gzip=False, warc_version="WARC/1.1").write_record(record)
    return stream.getvalue()


def wacz(path: Path, inner: Path, *, tampered: bool = False) -> Path:
    """Packs a WARC file as browsers' archives do."""
    content = inner.read_bytes()
    digest = sha256(content + b"x" if tampered else content).hexdigest()
    name = f"archive/{inner.name}"
    listed = {"resources": [{"name": inner.name, "path": name, "hash": f"sha256:{digest}", "bytes": len(content)}]}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        package.writestr(name, content)
        package.writestr("datapackage.json", json.dumps(listed))
    return path
