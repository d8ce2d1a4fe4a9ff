"""A programme is found by any of its names, with all that was published of it; the rest is arithmetic."""

import json

import pytest
from sqlalchemy import Engine

from inquiries.programme import compare
from models.errors import InputError
from output.records import record
from tests.support.four_reports import HOST, PROGRAMME, SECOND, about, store_reports
from tests.support.releases import extraction, moment, page, store


def test_reports_are_found_with_their_parts_and_releases(engine: Engine) -> None:
    store_reports(engine)
    found = compare(engine, "ruhrkonferenz")
    assert (found.programme, found.counted, found.nouns) == (PROGRAMME, "Projekt", ("Projekt", "Projektvorschlag"))
    assert [int(row.total.value) for row in found.rows if row.total] == [74, 73, 73, 73]
    assert {row.label: row.adds_up for row in found.rows} == {"2020": None, "2021": True, "2022": False, "2024": True}
    assert [plan.subject for plan in found.plans] == ["Research Alliance Ruhr"]
    assert [(gap.date, [ref.url for ref in gap.releases]) for gap in found.gaps] == [("2023", [HOST + "2"])]
    nothing = {(cell.date, cell.status): [ref.url for ref in cell.releases] for cell in found.nothing_found}
    assert nothing["2022-12-31", "in_progress"] == [HOST + "2"]


def test_silent_correction_is_told(engine: Engine) -> None:
    store_reports(engine)
    changed = page(SECOND.title, SECOND.text.split("\n\n", 1)[1].replace("13 ruhen", "14 ruhen"), "2023-08-16")
    claims = [about("73", "73"), about("14", "14", status="discontinued", of="73", whole=0)]
    read = extraction(changed, claims, reporting_date="2022-12-31", reporting_basis="release")
    assert store(engine, HOST + "2", changed, read, fetched_at=moment("2023-09-01")).corrected
    found = compare(engine, PROGRAMME)
    assert [(r.before.value, r.after.value) for r in found.restatements if r.kind == "correction"] == [(13, 14)]
    assert next(row for row in found.rows if row.label == "2022").parts["discontinued"].value == 14


def test_unknown_programme_names_the_nearest(engine: Engine) -> None:
    with pytest.raises(InputError, match=r"Did you mean .*Ruhr-Konferenz"):
        compare(engine, "Ruhr-Konferrenz")


def test_programme_without_claims_says_nothing(engine: Engine) -> None:
    found = compare(engine, "DigitalPakt Schule")
    assert found.rows == () and found.series == () and found.counted is None


def test_comparison_is_json_ready(engine: Engine) -> None:
    store_reports(engine)
    told = json.loads(json.dumps(record(compare(engine, PROGRAMME))))
    assert told["rows"][1]["parts"]["in_progress"]["value"] == "55"
