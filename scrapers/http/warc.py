"""Export of archived answers as WARC, the format of web archives (ISO 28500)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import version
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from models.release import KeptAnswer, Snapshot

# They describe the bytes on the wire; a snapshot holds them unpacked and whole.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_OF_THE_TRANSFER = {"content-encoding", "transfer-encoding", "content-length", "connection"}


SOURCE, ASKED_FOR, OUTCOME, ARCHIVE, PLACE, RETRIEVED = (
    f"Zwischenbilanz-{name}" for name in ("Source", "Asked-For", "Outcome", "Archive", "Archive-Place", "Retrieved")
)
"""Fields of our own, by which `bilanz import` finds what a record was: the standard lets others pass over them."""


def write_warc(stream: BinaryIO, answers: Iterable[KeptAnswer]) -> int:
    """Writes answers as response records, imported ones as resources, each gzipped for itself; gives their number."""
    writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
    software = {"software": f"Zwischenbilanz/{version('zwischenbilanz')}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record("zwischenbilanz.warc.gz", software))
    count = 0
    for answer in answers:
        snapshot = answer.snapshot
        answered = snapshot.status is not None
        writer.write_record(
            writer.create_warc_record(
                snapshot.url,
                "response" if answered else "resource",
                payload=BytesIO(snapshot.body),
                http_headers=_http_headers(snapshot, snapshot.status) if snapshot.status is not None else None,
                warc_content_type="" if answered else snapshot.header("Content-Type") or "",
                warc_headers_dict={"WARC-Date": _moment(snapshot.fetched_at), **_told(answer)},
            )
        )
        count += 1
    return count


def _told(answer: KeptAnswer) -> dict[str, str]:
    told = {SOURCE: answer.source_id, ASKED_FOR: _ascii(answer.asked_for), OUTCOME: answer.outcome}
    if archived := answer.snapshot.archived:
        told |= {ARCHIVE: quote(archived.archive), PLACE: _ascii(archived.place)}
        told[RETRIEVED] = _moment(archived.retrieved_at)
    return told


def _moment(moment: datetime) -> str:
    # Fractions of a second are allowed since version 1.1, and the order of two answers may hang on them.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _http_headers(snapshot: Snapshot, status: int) -> StatusAndHeaders:
    headers = [(name, _ascii(value)) for name, value in snapshot.headers if name.lower() not in _OF_THE_TRANSFER]
    headers.append(("Content-Length", str(len(snapshot.body))))
    return StatusAndHeaders(f"{status} {HTTPStatus(status).phrase}", headers, protocol="HTTP/1.1")


def _ascii(value: str) -> str:
    """A header as records hold it: bytes that are no ASCII in the escapes of addresses."""
    return _NOT_ASCII.sub(lambda found: quote(found[0].encode("latin-1", "replace")), value)
