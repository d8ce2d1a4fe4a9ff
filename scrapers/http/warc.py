"""Export of archived answers as WARC, the format of web archives (ISO 28500)."""

from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from models.release import Snapshot

# They describe the bytes on the wire; a snapshot holds them unpacked and whole.
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length", "connection"}


def write_warc(stream: BinaryIO, snapshots: Iterable[Snapshot]) -> int:
    """Writes snapshots as response records, each gzipped for itself; returns their number."""
    writer = WARCWriter(stream, gzip=True)
    software = {"software": f"Zwischenbilanz/{version('zwischenbilanz')}", "format": "WARC File Format 1.0"}
    writer.write_record(writer.create_warcinfo_record("zwischenbilanz.warc.gz", software))
    count = 0
    for snapshot in snapshots:
        writer.write_record(
            writer.create_warc_record(
                snapshot.url,
                "response",
                payload=BytesIO(snapshot.body),
                http_headers=_http_headers(snapshot),
                warc_headers_dict={"WARC-Date": snapshot.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
        )
        count += 1
    return count


def _http_headers(snapshot: Snapshot) -> StatusAndHeaders:
    headers = [(name, value) for name, value in snapshot.headers if name.lower() not in _OF_THE_TRANSFER]
    headers.append(("Content-Length", str(len(snapshot.body))))
    status = f"{snapshot.status} {HTTPStatus(snapshot.status).phrase}"
    return StatusAndHeaders(status, headers, protocol="HTTP/1.1")
