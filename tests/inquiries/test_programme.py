"""Four years of one programme stand side by side, and what follows from them."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from comparison.programme import Comparison
from inquiries.programme import compare
from models.claim import Project
from models.errors import InputError
from output.records import record
from tests.support.db_samples import extraction, moment, page, says, store

PROGRAMME = "Ruhr-Konferenz"
HOST = "https://office.example/"
NAMED = (Project(PROGRAMME),)


def about(quote: str, value: str | None = None, counted: str | None = "Projekt", **fields: object):  # type: ignore[no-untyped-def]
    return says(quote, value=value, counted=counted, subject=fields.pop("subject", PROGRAMME), **fields)


START = page("Der Auftakt", "Jetzt legen die 74 Projekte los. Sie haben 20 Foren entworfen.", "2020-01-21")
FIRST = page(
    "Zweiter Bericht: ein Projekt am Ziel",
    "Aus den 73 Projekten von 2019 laufen 55, eines ist beendet. Bei 17 wird gerechnet. "
    "136 Millionen Euro sind geflossen.",
    "2021-12-09",
)
SECOND = page(
    "Dritter Bericht: 22 Projekte erledigt",
    "Stand Jahresende: Aus 73 Projekten sind 22 erledigt oder in Dauer überführt. 13 ruhen für immer.",
    "2023-08-16",
)
THIRD = page(
    "Vierter Bericht",
    "Aus den 2018 erdachten 73 Projektvorschlägen sind 42 erledigt, 16 laufen. 15 sind vom Tisch. "
    "In der Allianz lehren 27 Professuren, mehr als 50 sollen es werden.",
    "2025-11-26",
)


def store_reports(engine: Engine) -> None:
    part = {"of": "73", "whole": 0}
    read = [
        (START, [about("74", "74", status="started"), about("20", "20", "Forum")], {}),
        (
            FIRST,
            [
                about("73", "73", as_of="2019", status="proposed", reporting_date="2019", reporting_basis="stated"),
                about("55", "55", status="in_progress", **part),
                about("eines ist beendet", "1", status="completed", **part),
                about("17", "17", status="under_review", **part),
                about("ein Projekt am Ziel", "1", status="completed"),
                about("136 Millionen Euro", "136000000", None, kind="money", unit="EUR", status="approved"),
            ],
            {},
        ),
        (
            SECOND,
            [
                about("73", "73"),
                about("22 erledigt", "22", status="completed", **part),
                about("13", "13", status="discontinued", **part),
                about("22 Projekte", "22", status="completed"),
            ],
            {"reporting_date": "2022-12-31", "reporting_basis": "release"},
        ),
        (
            THIRD,
            [
                about("73", "73", "Projektvorschlag", status="proposed", as_of="2018"),
                about("42", "42", "Projektvorschlag", status="completed", **part),
                about("16", "16", "Projektvorschlag", status="in_progress", **part),
                about("15", "15", "Projektvorschlag", status="discontinued", **part),
                about("27", "27", "Professur", subject="Research Alliance Ruhr", status="operating", since="2022"),
                about(
                    "50", "50", "Professur", subject="Research Alliance Ruhr", status="in_progress", modality="planned",
                    comparator=">",
                ),
            ],
            {"reporting_date": "2024-12-31", "reporting_basis": "release"},
        ),
    ]  # fmt: skip
    for number, (release, statements, dates) in enumerate(read):
        store(engine, f"{HOST}{number}", release, extraction(release, statements, projects=NAMED, **dates))


def numbers(comparison: Comparison) -> dict[str, dict[str, int]]:
    return {
        row.label: {"total": int(row.total.value) if row.total else -1}
        | {status: int(part.value) for status, part in row.parts.items()}
        for row in comparison.rows
    }


def test_four_reports_side_by_side(engine: Engine) -> None:
    store_reports(engine)
    found = compare(engine, "ruhrkonferenz")
    assert found.programme == PROGRAMME and found.counted == "Projekt"
    assert found.nouns == ("Projekt", "Projektvorschlag")
    assert numbers(found) == {
        "2020": {"total": 74, "started": 74},
        "2021": {"total": 73, "completed": 1, "in_progress": 55, "under_review": 17},
        "2022": {"total": 73, "completed": 22, "discontinued": 13},
        "2024": {"total": 73, "completed": 42, "in_progress": 16, "discontinued": 15},
    }
    assert {row.label: row.adds_up for row in found.rows} == {"2020": None, "2021": True, "2022": False, "2024": True}
    assert {row.label: row.unaccounted for row in found.rows}["2022"] == 38
    assert [row.date for row in found.rows] == ["2020-01-21", "2021-12-09", "2022-12-31", "2024-12-31"]
    assert [row.basis for row in found.rows] == ["published", "published", "release", "release"]


def test_every_figure_has_its_evidence(engine: Engine) -> None:
    store_reports(engine)
    row = next(row for row in compare(engine, PROGRAMME).rows if row.label == "2021")
    completed = row.parts["completed"]
    assert [proof.quote for proof in completed.evidence] == ["eines ist beendet", "ein Projekt am Ziel"]
    assert completed.evidence[0].url == HOST + "1" and completed.evidence[0].published == "2021-12-09"
    assert completed.evidence[0].sentence.startswith("Aus den 73 Projekten")
    assert row.total and row.total.evidence[0].quote == "73"


def test_restated_whole_differences_and_gaps(engine: Engine) -> None:
    store_reports(engine)
    found = compare(engine, PROGRAMME)
    assert [(r.kind, r.before.value, r.after.value) for r in found.restatements] == [("whole", 74, 73)]
    completed = [d for d in found.differences if d.status == "completed"]
    assert [(d.change.number, d.change.percent) for d in completed] == [(21, 2100), (20, Decimal("90.9"))]
    assert [(gap.date, [ref.url for ref in gap.releases]) for gap in found.gaps] == [("2023", [HOST + "2"])]
    nothing = {(cell.date, cell.status): [ref.url for ref in cell.releases] for cell in found.nothing_found}
    assert nothing["2022-12-31", "in_progress"] == [HOST + "2"]


def test_plan_beside_what_is_known(engine: Engine) -> None:
    store_reports(engine)
    (plan,) = compare(engine, PROGRAMME).plans
    assert plan.target and (plan.target.comparator, plan.target.value) == (">", 50)
    assert plan.known and plan.known.figure.value == 27
    assert plan.outcome == "open" and plan.results == ()


@pytest.mark.parametrize(("reported", "outcome"), [("51", "reached"), ("50", "open"), ("28", "open")])
def test_plan_against_a_later_report(engine: Engine, reported: str, outcome: str) -> None:
    store_reports(engine)
    later = page("Fünfter Bericht", f"In der Allianz lehren {reported} Professuren.", "2026-11-20")
    claim = about(reported, reported, "Professur", subject="Research Alliance Ruhr", status="operating")
    store(engine, HOST + "5", later, extraction(later, [claim]))
    (plan,) = compare(engine, PROGRAMME).plans
    assert plan.outcome == outcome
    assert [point.figure.value for point in plan.results] == [int(reported)]


def test_plan_with_a_date_that_passed(engine: Engine) -> None:
    plan = page("Plan", "Bis 2023 sollen 30 Brücken stehen.", "2021-05-01")
    bridges = {"counted": "Brücke", "subject": "Brückenpakt", "status": "completed"}
    planned = says("30", value="30", modality="planned", until="2023", **bridges)
    other = page("Anderes", "Im Brückenpakt arbeiten 9 Leute.", "2025-05-01")
    store(engine, HOST + "a", plan, extraction(plan, [planned]))
    store(engine, HOST + "b", other, extraction(other, [says("9", value="9", counted="Person", subject="Brückenpakt")]))
    assert [plan.outcome for plan in compare(engine, "Brückenpakt").plans] == ["nothing found"]
    late = page("Bilanz", "Heute stehen 12 Brücken.", "2024-05-01")
    store(engine, HOST + "c", late, extraction(late, [says("12", value="12", **bridges)]))
    assert [plan.outcome for plan in compare(engine, "Brückenpakt").plans] == ["not reached"]


def test_silent_correction_is_told(engine: Engine) -> None:
    store_reports(engine)
    changed = page(SECOND.title, SECOND.text.split("\n\n", 1)[1].replace("13 ruhen", "14 ruhen"), "2023-08-16")
    claims = [about("73", "73"), about("14", "14", status="discontinued", of="73", whole=0)]
    read = extraction(changed, claims, reporting_date="2022-12-31", reporting_basis="release")
    assert store(engine, HOST + "2", changed, read, fetched_at=moment("2023-09-01")).corrected
    found = compare(engine, PROGRAMME)
    assert [(r.before.value, r.after.value) for r in found.restatements if r.kind == "correction"] == [(13, 14)]
    assert next(row for row in found.rows if row.label == "2022").parts["discontinued"].value == 14


def test_other_figure_for_the_same_date_is_a_restatement(engine: Engine) -> None:
    store_reports(engine)
    later = page("Nachtrag", "Ende 2022 waren 21 Projekte erledigt.", "2024-02-01")
    claim = about("21", "21", status="completed", reporting_date="2022-12-31", reporting_basis="stated")
    store(engine, HOST + "n", later, extraction(later, [claim]))
    found = compare(engine, PROGRAMME)
    assert {(r.before.value, r.after.value) for r in found.restatements if r.kind == "figure"} == {(22, 21)}
    assert next(row for row in found.rows if row.label == "2022").unaccounted == 39


def test_more_than_supports_an_exact_number_and_vague_parts_do_not_add_up(engine: Engine) -> None:
    release = page("Stand", "Aus 10 Projekten sind 6 fertig, mehr als 3 laufen. Also mehr als 5 fertig.", "2024-01-01")
    part = {"of": "10", "whole": 0, "subject": "X-Plan"}
    claims = [
        says("10", value="10", counted="Projekt", subject="X-Plan"),
        says("6", value="6", counted="Projekt", status="completed", **part),
        says("3", value="3", counted="Projekt", status="in_progress", comparator=">", **part),
        says("5", value="5", counted="Projekt", status="completed", subject="X-Plan", comparator=">"),
    ]
    store(engine, HOST, release, extraction(release, claims))
    (row,) = compare(engine, "X-Plan").rows
    assert (row.parts["completed"].value, row.parts["completed"].disputed) == (6, ())
    assert len(row.parts["completed"].evidence) == 2
    assert row.adds_up is None and row.unaccounted is None


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
