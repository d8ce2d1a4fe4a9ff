"""Four years of one programme stand side by side, and what follows from them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from comparison.programme import Comparison, ReleaseRef, side_by_side
from models.calendar import berlin_day
from models.keys import fold, name_key, release_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.stored import StoredClaim
from tests.support.four_reports import HOST, PROGRAMME, SECOND, Report, about, four_reports
from tests.support.releases import SOURCE, extraction, page, says
from tests.support.stored import stored_claims

NOUNS = Nouns({fold(noun): "Projekt" for noun in ("Projekt", "Projektvorschlag")})


def group(name: str, *parts: str) -> ProjectGroup:
    return ProjectGroup(name, (), frozenset({name_key(name)}), tuple(map(group, parts)))


RUHR = group(PROGRAMME, "Research Alliance Ruhr")


def compared(reports: list[Report], of: ProjectGroup = RUHR, superseded: list[StoredClaim] | None = None) -> Comparison:
    """What a database with these reports would say."""
    refs = []
    for url, release, read in reports:
        ref = ReleaseRef(release_key(SOURCE, url), release.title, url, berlin_day(release.published))
        refs.append((read.reporting_date or "", ref))
    claims = [each for report in reports for each in stored_claims(*report)]
    return side_by_side(of, claims, superseded or [], refs, NOUNS)


def labels(found: Comparison) -> dict[str, dict[str, int]]:
    return {
        row.label: {"total": int(row.total.value) if row.total else -1}
        | {status: int(part.value) for status, part in row.parts.items()}
        for row in found.rows
    }


def test_four_reports_side_by_side() -> None:
    found = compared(four_reports())
    assert found.programme == PROGRAMME and found.counted == "Projekt"
    assert found.nouns == ("Projekt", "Projektvorschlag")
    assert labels(found) == {
        "2020": {"total": 74, "started": 74},
        "2021": {"total": 73, "completed": 1, "in_progress": 55, "under_review": 17},
        "2022": {"total": 73, "completed": 22, "discontinued": 13},
        "2024": {"total": 73, "completed": 42, "in_progress": 16, "discontinued": 15},
    }
    assert {row.label: row.adds_up for row in found.rows} == {"2020": None, "2021": True, "2022": False, "2024": True}
    assert {row.label: row.unaccounted for row in found.rows}["2022"] == 38
    assert [row.date for row in found.rows] == ["2020-01-21", "2021-12-09", "2022-12-31", "2024-12-31"]
    assert [row.basis for row in found.rows] == ["published", "published", "release", "release"]


def test_every_figure_has_its_evidence() -> None:
    row = next(row for row in compared(four_reports()).rows if row.label == "2021")
    completed = row.parts["completed"]
    assert [proof.quote for proof in completed.evidence] == ["eines ist beendet", "ein Projekt am Ziel"]
    assert completed.evidence[0].url == HOST + "1" and completed.evidence[0].published == "2021-12-09"
    assert completed.evidence[0].sentence.startswith("Aus den 73 Projekten")
    assert row.total and row.total.evidence[0].quote == "73"


def test_restated_whole_differences_and_gaps() -> None:
    found = compared(four_reports())
    assert [(r.kind, r.before.value, r.after.value) for r in found.restatements] == [("whole", 74, 73)]
    completed = [d for d in found.differences if d.status == "completed"]
    assert [(d.change.number, d.change.percent) for d in completed] == [(21, 2100), (20, Decimal("90.9"))]
    assert [(gap.date, [ref.url for ref in gap.releases]) for gap in found.gaps] == [("2023", [HOST + "2"])]
    nothing = {(cell.date, cell.status): [ref.url for ref in cell.releases] for cell in found.nothing_found}
    assert nothing["2022-12-31", "in_progress"] == [HOST + "2"]


def test_rejected_claims_are_counted_and_nothing_else() -> None:
    claims = [each for report in four_reports() for each in stored_claims(*report)]
    rejected = [replace(each, decision="rejected") if each.claim.quote == "13" else each for each in claims]
    found = side_by_side(RUHR, rejected, [], [], NOUNS)
    assert found.rejected == 1
    assert "discontinued" not in labels(found)["2022"]


def test_plan_beside_what_is_known() -> None:
    (plan,) = compared(four_reports()).plans
    assert plan.target and (plan.target.comparator, plan.target.value) == (">", 50)
    assert plan.known and plan.known.figure.value == 27
    assert plan.outcome == "open" and plan.results == ()


def test_plan_that_a_later_report_answers() -> None:
    later = page("Fünfter Bericht", "In der Allianz lehren mehr als 50 neue Professuren.", "2026-11-20")
    told = {"subject": "Research Alliance Ruhr", "status": "operating", "comparator": ">"}
    claim = about("50", "50", "Professur", **told)
    (plan,) = compared([*four_reports(), (HOST + "5", later, extraction(later, [claim]))]).plans
    assert plan.outcome == "reached"
    assert [point.figure.value for point in plan.results] == [50]


def test_what_only_may_belong_to_a_plan_decides_nothing() -> None:
    later = page("Fünfter Bericht", "In Bochum lehren 51 Professuren aus aller Welt.", "2026-11-20")
    claim = about("51", "51", "Professur", subject="Research Alliance Ruhr", status="operating")
    (plan,) = compared([*four_reports(), (HOST + "5", later, extraction(later, [claim]))]).plans
    assert plan.outcome == "open" and plan.results == ()
    assert [point.figure.value for point in plan.perhaps] == [51]


def test_state_that_the_release_of_a_plan_tells_is_not_its_result() -> None:
    release = page("Plan", "Der Fonds soll 2025 starten. Der Fonds ist gestartet. Der Fonds läuft gut.", "2024-05-01")
    planned = about("soll 2025 starten", None, subject="Fonds", kind="status", status="started", modality="planned")
    told = about("ist gestartet", None, subject="Fonds", kind="status", status="started")
    (plan,) = compared([(HOST + "f", release, extraction(release, [planned, told]))], group("Fonds")).plans
    assert plan.outcome == "open" and plan.results == plan.perhaps == plan.fulfilled_by == ()


def test_plan_with_a_date_that_passed() -> None:
    plan = page("Plan", "Bis 2023 sollen im Brückenpakt 30 Brücken gebaut werden.", "2021-05-01")
    bridges = {"counted": "Brücke", "subject": "Brückenpakt", "status": "completed"}
    planned = says("30", value="30", modality="planned", until="2023", **bridges)
    other = page("Anderes", "Im Brückenpakt arbeiten 9 Leute.", "2025-05-01")
    people = says("9", value="9", counted="Person", subject="Brückenpakt")
    late = page("Bilanz", "Im Brückenpakt sind 12 Brücken gebaut worden.", "2024-05-01")
    told = [(HOST + "a", plan, extraction(plan, [planned])), (HOST + "b", other, extraction(other, [people]))]
    assert [each.outcome for each in compared(told, group("Brückenpakt")).plans] == ["nothing found"]
    told.append((HOST + "c", late, extraction(late, [says("12", value="12", **bridges)])))
    assert [each.outcome for each in compared(told, group("Brückenpakt")).plans] == ["undecided"]


def test_silent_correction_is_told() -> None:
    reports = four_reports()
    before = stored_claims(*reports[2])
    changed = page(SECOND.title, SECOND.text.split("\n\n", 1)[1].replace("13 ruhen", "14 ruhen"), "2023-08-16")
    claims = [about("73", "73"), about("14", "14", status="discontinued", of="73", whole=0)]
    reports[2] = HOST + "2", changed, extraction(changed, claims, reporting_date="2022-12-31")
    found = compared(reports, superseded=before)
    assert [(r.before.value, r.after.value) for r in found.restatements if r.kind == "correction"] == [(13, 14)]


def test_other_figure_for_the_same_date_is_a_restatement() -> None:
    later = page("Nachtrag", "Von den 73 Projekten waren Ende 2022 21 abgeschlossen.", "2024-02-01")
    claim = about("21", "21", of="73", status="completed", reporting_date="2022-12-31", reporting_basis="stated")
    found = compared([*four_reports(), (HOST + "n", later, extraction(later, [claim]))])
    assert {(r.before.value, r.after.value) for r in found.restatements if r.kind == "figure"} == {(22, 21)}
    assert next(row for row in found.rows if row.label == "2022").unaccounted == 39


def test_more_than_supports_an_exact_number_and_vague_parts_do_not_add_up() -> None:
    release = page("Stand", "Aus 10 Projekten sind 6 fertig, mehr als 3 laufen. Also mehr als 5 fertig.", "2024-01-01")
    part = {"of": "10", "whole": 0, "subject": "X-Plan"}
    claims = [
        says("10", value="10", counted="Projekt", subject="X-Plan"),
        says("6", value="6", counted="Projekt", status="completed", **part),
        says("3", value="3", counted="Projekt", status="in_progress", comparator=">", **part),
        says("5", value="5", counted="Projekt", status="completed", subject="X-Plan", comparator=">"),
    ]
    (row,) = compared([(HOST, release, extraction(release, claims))], group("X-Plan")).rows
    assert (row.parts["completed"].value, row.parts["completed"].disputed) == (6, ())
    assert len(row.parts["completed"].evidence) == 2
    assert row.adds_up is None and row.unaccounted is None


def test_a_state_is_entered_where_both_sides_say_so_of_the_name() -> None:
    def told(later: str, day: str) -> str:
        start = page("Einladung", "Am 9. Mai soll der Seen-Treff öffnen.", "2023-05-02")
        fields = {"subject": "Seen-Treff", "kind": "status", "status": "operating", "counted": None}
        announced = about("Seen-Treff öffnen", None, modality="planned", as_of="2023-05-09", **fields)
        result = page("Meldung", later, day)
        reached = about(later.removesuffix("."), None, **fields)
        reports = [
            (HOST + "p", start, extraction(start, [announced])),
            (HOST + "r", result, extraction(result, [reached])),
        ]
        return compared(reports, group("Seen-Treff")).plans[0].outcome

    assert told("Der Seen-Treff ist eröffnet.", "2023-05-10") == "reached"
    assert told("Sie ist eröffnet.", "2023-05-10") != "reached"
    assert told("Die Küche im Seen-Treff ist eröffnet.", "2023-05-10") != "reached"
    assert told("Der Seen-Treff ist eröffnet.", "2024-05-10") != "reached"
    assert told("Das Seen-Treff Bootshaus ist eröffnet.", "2023-05-10") != "reached"
    assert told("Seen-Treff öffnen.", "2023-05-10") != "reached"


def test_what_a_day_costs_is_no_plan() -> None:
    release = page("Programm", "Am 3. Mai im Seen-Treff: Tanz, 5 Euro.", "2023-04-20")
    price = says(
        "5 Euro", value="5", kind="money", unit="EUR", subject="Seen-Treff", modality="planned", as_of="2023-05-03"
    )
    assert compared([(HOST + "t", release, extraction(release, [price]))], group("Seen-Treff")).plans == ()


def test_money_of_a_plans_own_release_is_not_known_of_the_plan() -> None:
    text = "Der Seenfonds soll 23 Millionen Euro bekommen. Der Seenfonds hat ein Büro für 7 Millionen Euro."
    release = page("Haushalt", text, "2023-04-20")
    money = {"kind": "money", "unit": "EUR", "subject": "Seenfonds", "status": "approved"}
    planned = says("23 Millionen Euro", value="23000000", modality="planned", **money)
    claims = [planned, says("7 Millionen Euro", value="7000000", **money)]
    (plan,) = compared([(HOST + "f", release, extraction(release, claims))], group("Seenfonds")).plans
    assert plan.known is None and plan.perhaps == plan.results == ()


def test_only_what_leads_to_a_target_is_known_of_its_plan() -> None:
    def known(text: str, *numbers: str) -> list[int]:
        release = page("Stege", text, "2023-04-20")
        steg = {"counted": "Steg", "subject": "Stegprogramm"}
        planned = says("40 Stege", value="40", modality="planned", **steg)
        there = [says(f"{number} Stege", value=number, **steg) for number in numbers]
        (plan,) = compared([(HOST + "s", release, extraction(release, [planned, *there]))], group("Stegprogramm")).plans
        return [int(plan.known.figure.value)] if plan.known else []

    said = "Das Stegprogramm soll 40 Stege haben. Es gibt {} Stege."
    assert known(said.format(12), "12") == [12]
    assert known(said.format(65), "65") == []
    assert known("Das Stegprogramm soll 40 Stege haben. Saniert werden 12 Stege.", "12") == []


def test_a_release_that_tells_two_targets_has_two_plans_and_one_told_again_is_one() -> None:
    def targets(*told: tuple[str, str, list[str]]) -> list[int]:
        reports: list[Report] = []
        for place, (day, text, numbers) in enumerate(told):
            release = page("Stege", text, day)
            steg = {"counted": "Steg", "subject": "Stegprogramm", "modality": "planned", "until": "2030"}
            claims = [says(f"{number} Stege", value=number, **steg) for number in numbers]
            reports.append((f"{HOST}{place}", release, extraction(release, claims)))
        return [int(plan.target.value) for plan in compared(reports, group("Stegprogramm")).plans if plan.target]

    both = (
        "2023-04-20",
        "Das Stegprogramm soll bis 2030 40 Stege im Süden und 12 Stege im Norden haben.",
        ["40", "12"],
    )
    again = ("2024-04-20", "Das Stegprogramm soll bis 2030 40 Stege haben.", ["40"])
    more = ("2024-04-20", "Das Stegprogramm soll bis 2030 45 Stege haben.", ["45"])
    assert sorted(targets(both)) == [12, 40]
    assert sorted(targets(both, again)) == [12, 40]
    assert targets(again, ("2023-04-20", again[1], ["40"])) == [40]
    assert targets(("2023-04-20", again[1], ["40"]), more) == [45]


def test_what_is_told_of_another_year_does_not_belong_to_a_plan() -> None:
    def perhaps(title: str, day: str) -> int:
        start = page("Stegfest 2021", "Beim Stegfest sollen 5 Preise vergeben werden.", "2021-05-10")
        later = page(title, "Beim Stegfest werden 7 Preise vergeben.", day)
        prize = {"counted": "Preis", "subject": "Stegfest", "status": "completed"}
        told = [
            (HOST + "a", start, extraction(start, [says("5 Preise", value="5", modality="planned", **prize)])),
            (HOST + "b", later, extraction(later, [says("7 Preise", value="7", comparator="~", **prize)])),
        ]
        (plan,) = compared(told, group("Stegfest")).plans
        return len(plan.perhaps) + len(plan.results)

    assert perhaps("Stegfest 2021", "2021-06-10") == 1
    assert perhaps("Stegfest 2022", "2022-02-10") == 0


def test_what_one_release_tells_twice_is_no_change() -> None:
    text = "2018 waren 320 Boote im Seenprogramm. Die meisten dieser 320 Boote im Seenprogramm sind alt."
    release = page("Boote", text, "2019-10-02")
    boats = {"value": "320", "counted": "Boot", "subject": "Seenprogramm", "status": "operating"}
    first = says("320 Boote", as_of="2018", reporting_date="2018", reporting_basis="stated", **boats)
    again = says("dieser 320 Boote", **boats)
    found = compared([(HOST + "b", release, extraction(release, [first, again]))], group("Seenprogramm"))
    assert len(found.rows) == 2 and found.differences == ()


def test_a_number_that_one_release_tells_with_two_dates_is_one_point() -> None:
    text = "2014 kostete der Eintritt zum Seenfest 3 Euro. Der Eintritt zum Seenfest kostet 3 Euro."
    release = page("Seenfest", text, "2018-03-23")
    price = {"value": "3", "kind": "money", "unit": "EUR", "subject": "Seenfest"}
    dated = {"as_of": "2014", "reporting_date": "2014", "reporting_basis": "stated"}
    claims = [says("Seenfest 3 Euro", **dated, **price), says("kostet 3 Euro", **price)]
    found = compared([(HOST + "s", release, extraction(release, claims))], group("Seenfest"))
    assert [len(each.points) for each in found.series] == [1]


@pytest.mark.parametrize(("day", "points"), [("2020-05-03", 1), ("2021-04-12", 2)])
def test_as_many_a_year_later_are_another_years(day: str, points: int) -> None:
    said = "Zehn Boote erhalten den Seenpreis."
    told = [
        (HOST + day, each, extraction(each, [says("Zehn Boote", value="10", counted="Boot", subject="Seenpreis")]))
        for day in ("2020-04-10", day)
        for each in [page("Seenpreis verliehen", said, day)]
    ]
    assert [len(each.points) for each in compared(told, group("Seenpreis")).series] == [points]


def test_releases_of_one_day_tell_of_no_change() -> None:
    said = "Im Seenprogramm liegt der Anteil der alten Boote bei {} Prozent."
    share = {"kind": "share", "unit": "%", "subject": "Seenprogramm"}
    told = [
        (HOST + key, each, extraction(each, [says(f"{number} Prozent", value=str(number), **share)]))
        for key, number in (("a", 33), ("b", 28))
        for each in [page("Bericht zum Seenprogramm", said.format(number), "2018-09-05")]
    ]
    assert all(len(each.points) == 1 for each in compared(told, group("Seenprogramm")).series)


def test_what_was_told_first_and_has_no_date_is_not_laid_behind_an_older_date() -> None:
    said = "Im Seenprogramm liegt der Anteil der alten Boote bei {} Prozent."
    earlier = page("Achter Bericht zum Seenprogramm", said.format(33), "2017-08-16")
    later = page("Neunter Bericht zum Seenprogramm", said.format(28), "2018-09-05")
    share = {"kind": "share", "unit": "%", "subject": "Seenprogramm"}
    undated = extraction(earlier, [says("33 Prozent", value="33", **share)])
    dated = {"as_of": "2016", "reporting_date": "2016", "reporting_basis": "stated"}
    told = [
        (HOST + "8", earlier, undated),
        (HOST + "9", later, extraction(later, [says("28 Prozent", value="28", **dated, **share)])),
    ]
    assert [len(each.points) for each in compared(told, group("Seenprogramm")).series] == [1, 1]
    told[1] = (HOST + "9", later, extraction(later, [says("28 Prozent", value="28", **share)]))
    assert [len(each.points) for each in compared(told, group("Seenprogramm")).series] == [2]


def test_a_part_in_the_state_of_its_whole_is_not_how_many_are_in_that_state() -> None:
    said = "Im Seenprogramm sind 8.520 Anträge eingegangen, davon 3.774 für Kähne. Bewilligt sind davon 2.000."
    release = page("Seenprogramm", said, "2023-09-15")
    asked = {"counted": "Antrag", "subject": "Seenprogramm"}
    claims = [
        says("8.520 Anträge", value="8520", status="proposed", **asked),
        says("3.774", value="3774", status="proposed", of="8520", whole=0, **asked),
        says("2.000", value="2000", status="approved", of="8520", whole=0, **asked),
    ]
    found = compared([(HOST + "s", release, extraction(release, claims))], group("Seenprogramm"))
    assert labels(found) == {"2023": {"total": 8520, "proposed": 8520, "approved": 2000}}


@pytest.mark.parametrize(
    ("of_whole", "rows"), [("2022-12-31", {}), ("2017", {"2017": {"total": 356, "completed": 59}})]
)
def test_what_is_told_of_another_time_is_no_whole(of_whole: str, rows: dict[str, dict[str, int]]) -> None:
    said = "Die Flotte im Seenprogramm hatte 356 Boote. Gebaut wurden 59."
    release = page("Seenprogramm", said, "2023-12-19")
    boats = {"counted": "Boot", "subject": "Seenprogramm", "reporting_basis": "stated"}
    claims = [
        says("356 Boote", value="356", as_of=of_whole, reporting_date=of_whole, **boats),
        says("59", value="59", status="completed", of="356", whole=0, as_of="2017", reporting_date="2017", **boats),
    ]
    found = compared([(HOST + "s", release, extraction(release, claims))], group("Seenprogramm"))
    assert labels(found) == rows
