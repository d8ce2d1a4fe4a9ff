"""An imported record is read into a release: its text as it stands, its date, its paragraphs."""

import json
from datetime import UTC, date, datetime

import pytest

from extractors.page import read_record
from extractors.page.imported import CSV, JSON, TEXT
from models.errors import UnreadablePage
from models.origin import Origin, origin_in
from models.release import Snapshot

NOW = datetime(2025, 6, 2, tzinfo=UTC)


def snapshot(body: bytes, kind: str, *, columns: str | None = None, published: date | None = None) -> Snapshot:
    origin = Origin("amt.x", "0" * 64, 3, columns, published)
    return Snapshot("import:amt/1", body, (("Content-Type", kind), *origin.headers()), None, NOW)


def of_json(**fields: object) -> Snapshot:
    return snapshot(json.dumps({"id": "1", "title": "Radwege", "text": "Zehn sind fertig."} | fields).encode(), JSON)


def test_origin_survives_its_headers() -> None:
    origin = Origin("Köln 1.csv", "a" * 64, 7, "id;titel", date(2020, 1, 2))
    assert origin_in((("Content-Type", "text/csv"), *origin.headers())) == origin
    assert origin_in((("Content-Type", "text/html"),)) is None


def test_text_is_title_and_body_with_its_paragraphs() -> None:
    text = "Eins.\r\n \r\n\r\nBilanz\n\nZwei,\nnicht drei.\x00 "
    release = read_record(of_json(title=" Radwege\nim Land ", text=text))
    assert release.text == "Radwege im Land\n\nEins.\n\nBilanz\n\nZwei,\nnicht drei."
    shown = [(each.role, release.text[each.start : each.end]) for each in release.paragraphs]
    assert shown == [("paragraph", "Eins."), ("heading", "Bilanz"), ("paragraph", "Zwei,\nnicht drei.")]


def test_each_line_is_a_paragraph_where_no_empty_line_parts_them() -> None:
    release = read_record(of_json(text="Eins.\nZwei."))
    assert release.text == "Radwege\n\nEins.\n\nZwei."


@pytest.mark.parametrize(
    ("stated", "moment", "precision"),
    [
        ("2009-11-05", datetime(2009, 11, 4, 23, tzinfo=UTC), "day"),
        ("5.11.2009", datetime(2009, 11, 4, 23, tzinfo=UTC), "day"),
        ("2009-11-05T10:00:00+01:00", datetime(2009, 11, 5, 9, tzinfo=UTC), "minute"),
        ("2009-07-05 10:00", datetime(2009, 7, 5, 8, tzinfo=UTC), "minute"),
        ("2009-07-05T08:00:00Z", datetime(2009, 7, 5, 8, tzinfo=UTC), "minute"),
    ],
)
def test_date_is_read_as_it_is_stated(stated: str, moment: datetime, precision: str) -> None:
    release = read_record(of_json(published=stated))
    assert (release.published, release.date_precision) == (moment, precision)


def test_record_without_a_date_takes_the_one_given_or_none() -> None:
    body = b"Radwege\n\nZehn sind fertig."
    given = read_record(snapshot(body, TEXT, published=date(2020, 1, 2)))
    assert (given.published, given.date_method) == (datetime(2020, 1, 1, 23, tzinfo=UTC), "import")
    assert read_record(snapshot(body, TEXT)).published is None


def test_row_of_csv_may_have_lines_and_quotation_marks() -> None:
    body = b'7;"Radwege; neu";"Eins.\n\n""Zwei"" sind fertig."'
    release = read_record(snapshot(body, CSV, columns="id;Title;text"))
    assert release.text == 'Radwege; neu\n\nEins.\n\n"Zwei" sind fertig.'


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (snapshot(b"[1]", JSON), "no JSON object"),
        (snapshot(b"{", JSON), "no JSON"),
        (snapshot(b"\xff\xfe", JSON), "no UTF-8"),
        (of_json(title=" "), "no title"),
        (of_json(text=None), "no text"),
        (of_json(text=7), "text is no text"),
        (of_json(text="\ud800"), "half a character"),
        (of_json(published="gestern"), "date"),
        (of_json(published="0204-01-01"), "date"),
        (of_json(published="9999-12-31T23:59:59-10:00"), "date"),
        (snapshot(b"1,T", CSV, columns="id,title,text"), "2 columns"),
        (snapshot(b'1,"T,x', CSV, columns="id,title,text"), "no row of CSV"),
    ],
)
def test_what_is_no_release_says_why(record: Snapshot, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=reason):
        read_record(record)
