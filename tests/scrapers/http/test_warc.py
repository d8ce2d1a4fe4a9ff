"""WARC export, read back with the library of web archives."""

from datetime import UTC, datetime
from io import BytesIO

from warcio.archiveiterator import ArchiveIterator

from models.release import KeptAnswer, Snapshot
from scrapers.http.warc import write_warc

AT = datetime(2025, 6, 2, 8, 30, tzinfo=UTC)


def test_what_was_archived_comes_back():
    body = "<h1>Brücken</h1>".encode()
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "7"), ("ETag", '"a"'))
    snapshots = [Snapshot(f"https://amt.example/pm/{number}?a=ä", body, headers, 200, AT) for number in range(3)]
    stream = BytesIO()
    assert write_warc(stream, kept(*snapshots)) == 3
    stream.seek(0)
    info, *records = list_records(stream)
    assert info["type"] == "warcinfo"
    assert [record["url"] for record in records] == [snapshot.url for snapshot in snapshots]
    assert {record["date"] for record in records} == {"2025-06-02T08:30:00Z"}
    assert all(record["body"] == body and record["intact"] for record in records)
    assert records[0]["headers"] == [("Content-Type", "text/html"), ("ETag", '"a"'), ("Content-Length", str(len(body)))]


def test_bytes_of_a_header_that_are_no_ascii_are_escaped():
    link = '<https://x.example/förderung>; rel="shortlink", <https://x.example/a>'.encode().decode("latin-1")
    stream = BytesIO()
    assert write_warc(stream, kept(Snapshot("https://x.example/", b"a", (("Link", link),), 200, AT))) == 1
    stream.seek(0)
    _, record = list_records(stream)
    assert dict(record["headers"])["Link"].startswith("<https://x.example/f%C3%B6rderung>")


def test_nothing_is_an_archive_too():
    stream = BytesIO()
    assert write_warc(stream, []) == 0
    stream.seek(0)
    assert [record["type"] for record in list_records(stream)] == ["warcinfo"]


def kept(*snapshots):
    return [KeptAnswer(snapshot, "amt", snapshot.url, "stored") for snapshot in snapshots]


def list_records(stream):
    found = []
    for record in ArchiveIterator(stream, check_digests=True):
        body = record.content_stream().read()
        found.append(
            {
                "type": record.rec_type,
                "url": record.rec_headers.get_header("WARC-Target-URI"),
                "date": record.rec_headers.get_header("WARC-Date"),
                "headers": record.http_headers.headers if record.http_headers else [],
                "body": body,
                "intact": record.digest_checker.passed,
            }
        )
    return found
