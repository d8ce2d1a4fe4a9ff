"""Export of archived answers as WARC, the format of web archives (ISO 28500)."""

import re
from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from models.release import Snapshot

# They describe the bytes on the wire; a snapshot holds them unpacked and whole.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length", "connection"}


def write_warc(stream: BinaryIO, snapshots: Iterable[Snapshot]) -> int:
    """Writes snapshots as response records, imported ones as resources, each gzipped for itself; gives their number."""
    writer = WARCWriter(stream, gzip=True)
    software = {"software": f"Zwischenbilanz/{version('zwischenbilanz')}", "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record("zwischenbilanz.warc.gz", software))
    count = 0
    for snapshot in snapshots:
        answered = snapshot.status is not None
        writer.write_record(
            writer.create_warc_record(
                snapshot.url,
                "response" if answered else "resource",
                payload=BytesIO(snapshot.body),
                http_headers=_http_headers(snapshot, snapshot.status) if snapshot.status is not None else None,
                warc_content_type="" if answered else snapshot.header("Content-Type") or "",
                warc_headers_dict={"WARC-Date": snapshot.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
        )
        count += 1
    return count


def _http_headers(snapshot: Snapshot, status: int) -> StatusAndHeaders:
    headers = [(name, _ascii(value)) for name, value in snapshot.headers if name.lower() not in _OF_THE_TRANSFER]
    headers.append(("Content-Length", str(len(snapshot.body))))
    return StatusAndHeaders(f"{status} {HTTPStatus(status).phrase}", headers, protocol="HTTP/1.1")


def _ascii(value: str) -> str:
    """A header as records hold it: bytes that are no ASCII in the escapes of addresses."""
    return _NOT_ASCII.sub(lambda found: quote(found[0].encode("latin-1", "replace")), value)
