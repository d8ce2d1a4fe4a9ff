"""What is announced of a programme: promises alone, and each target once."""

from dataclasses import replace
from datetime import date

import pytest

from comparison.announced import is_promise
from comparison.programme import side_by_side
from extractors.claims import extract
from models.keys import name_key
from models.nouns import Nouns
from models.projects import ProjectGroup
from models.stored import StoredClaim
from tests.support.releases import Statement, extraction, page, says
from tests.support.stored import stored_claims

NAME = "Seenplan"
GROUP = ProjectGroup(NAME, (), frozenset({name_key(NAME)}))

STATE = {"kind": "status"}


def stored(sentence: str, *claims: Statement, day: str = "2022-05-03") -> list[StoredClaim]:
    release = page("Bericht", sentence, day)
    return stored_claims(f"https://land.example/{day}", release, extraction(release, claims))


@pytest.mark.parametrize(
    ("sentence", "quote", "fields", "promise"),
    [
        ("Der Seenplan soll 25 Prozent bringen.", "25 Prozent", {"kind": "share", "value": "25"}, True),
        ("Der Seenplan soll zehn Jahre laufen.", "zehn Jahre", {"kind": "duration", "value": "10"}, False),
        ("Im Seenplan sollen Häfen jeweils 5 Euro erhalten.", "5 Euro", {"kind": "money", "value": "5"}, False),
        ("Im Seenplan wird mit 50 Booten gerechnet.", "50 Booten", {"value": "50"}, False),
        ("Karten soll es bei den 270 Partnern geben.", "270 Partnern", {"value": "270"}, False),
        ("Der Seenplan soll 130 Anträge haben.", "130 Anträge", {"value": "130", "status": "proposed"}, False),
        ("Am Seenplan hängen 50 Boote.", "50 Boote", {"value": "50"}, False),
        ("Im Seenplan werden 50 Boote genutzt.", "50 Boote", {"value": "50"}, False),
        ("Im Seenplan werden 50 Boote gebaut.", "50 Boote", {"value": "50", "status": "completed"}, False),
        ("Der Seenplan gilt für 50 Boote.", "50 Boote", {"value": "50", "until": "2027"}, False),
        ("Der Seenplan fördert 50 Boote.", "50 Boote", {"value": "50", "status": "approved", "until": "2027"}, True),
        ("Derzeit werden 50 Boote gefördert.", "50 Boote", {"value": "50", "status": "approved"}, False),
        ("Im Seenplan starteten 50 Boote.", "50 Boote", {"value": "50", "until": "2021"}, False),
        ("Für Ufer sollen 50 Euro fließen.", "50 Euro", {"kind": "money", "value": "50"}, False),
        ("Der Seenplan soll ein Preisgeld von 50 Euro bringen.", "50 Euro", {"kind": "money", "value": "50"}, False),
        ("Für den Seenplan müssten 50 Boote fahren.", "50 Boote", {"value": "50", "until": "2027"}, False),
        ("Der Seenplan soll starten.", "soll starten", {"kind": "status", "status": "started"}, True),
        ("Eine Kampagne für die Ufer soll starten.", "soll starten", {"kind": "status", "status": "started"}, False),
        ("Der Seenplan II soll starten.", "Der Seenplan II", {"kind": "status", "status": "started"}, False),
        ("Der Seenplan tritt am 3. Mai in Kraft.", "tritt", STATE | {"status": "operating", "until": "2024"}, True),
        ("Mit Mitteln des Seenplans soll ein Hof starten.", "soll", STATE | {"status": "started"}, False),
        ("2. Mai: Schau des Seenplans, 3. Mai: Eröffnung.", "Eröffnung", STATE | {"status": "operating"}, False),
        ("Der Seenplan soll die ursprünglich geplanten 50 Boote haben.", "50 Boote", {"value": "50"}, False),
        ("Der Seenplan soll 2024/2025 50 Boote bringen.", "50 Boote", {"value": "50", "as_of": "2024"}, False),
        ("Ab 2026 soll der Seenplan 50 Boote haben.", "50 Boote", {"value": "50"}, False),
        ("Vom Mai 2026 an soll der Seenplan in Kraft sein.", "Kraft", STATE | {"status": "operating"}, False),
        ("Der Seenplan vergibt 50 Boote für 2023.", "50 Boote", {"value": "50", "as_of": "2023"}, False),
        ("Sollten sie fehlen, wird der Seenplan starten.", "starten", STATE | {"status": "started"}, False),
        ("Am 3. Mai 2024 jährt sich der Start des Seenplans.", "Start", STATE | {"status": "started"}, False),
        ("Der Seenplan soll frühestens 2028 starten.", "soll", STATE | {"status": "started", "until": "2028"}, False),
        ("Die Tafel mit dem Projekt „Seenplan“ soll starten.", "soll starten", STATE | {"status": "started"}, False),
        ("Der Seenplan soll starten und noch bis 2026 reifen.", "soll", STATE | {"status": "started"}, False),
        ("Der Seenplan ist 2024 gestartet.", "gestartet", STATE | {"status": "started", "until": "2024"}, False),
        ("Der Seenplan wird verlängert.", "wird verlängert", STATE | {"status": "extended"}, False),
        ("Der Seenplan soll verlängert werden.", "soll", STATE | {"status": "extended"}, True),
        ("Der Seenplan läuft und soll enden.", "enden", STATE | {"status": "completed"}, True),
        ("Der Seenplan bleibt und der Uferplan soll enden.", "enden", STATE | {"status": "completed"}, False),
        ("Der Seenplan soll bis 2026 gelten.", "soll", STATE | {"status": "operating", "until": "2026"}, False),
        ("Die Arbeiten am Seenplan sollen beginnen.", "sollen beginnen", STATE | {"status": "started"}, True),
        ("Der Seenplan soll weiter umgesetzt werden.", "umgesetzt", STATE | {"status": "completed"}, False),
        ("Im Seenplan sollen 50 Boote fahren, von denen einige neu sind.", "50 Boote", {"value": "50"}, False),
        ("Das ursprüngliche Ziel des Seenplans sind 50 Boote.", "50 Boote", {"value": "50", "until": "2027"}, False),
        ("Sie beruft den Seenplan „See 2030“ ein.", "beruft", STATE | {"status": "started", "as_of": "2030"}, False),
        ("Im Seenplan laufen 5 Boote.", "5 Boote", {"value": "5", "status": "continued", "until": "2027"}, False),
        ("Nach § 5 Seenplan soll ein Hof starten.", "starten", STATE | {"status": "started"}, False),
        ("Sie eröffnet den Seenplan.", "eröffnet", STATE | {"status": "operating", "as_of": "2023-05-03"}, False),
        ("Der Seenplan startet mit einem Fest.", "startet", STATE | {"status": "started", "as_of": "2023"}, False),
        ("Der Seenplan soll wie geplant laufen.", "geplant", {"kind": "status", "status": "planned"}, False),
    ],
)  # fmt: skip
def test_what_is_a_promise(sentence: str, quote: str, fields: dict[str, str], promise: bool) -> None:
    (claim,) = stored(sentence, says(quote, modality="planned", subject=NAME, **fields))
    assert is_promise(claim, [NAME]) is promise


@pytest.mark.parametrize(("day", "promise"), [("2022-05-02", True), ("2022-05-03", False)])
def test_what_takes_place_on_the_day_it_is_told_is_no_promise(day: str, *, promise: bool) -> None:
    release = page("Bericht", "Das Projekt „Seenplan“ wird am 3. Mai eröffnet.", day)
    found = extract(release.text, published=date.fromisoformat(day))
    (claim,) = stored_claims(f"https://land.example/{day}", release, found)
    planned = replace(claim, claim=replace(claim.claim, modality="planned"))
    assert is_promise(planned, [NAME]) is promise


def test_until_when_it_is_extended_is_not_when_that_will_be_done() -> None:
    fields = {"kind": "status", "status": "extended", "modality": "planned", "until": "2027", "subject": NAME}
    claims = stored("Der Seenplan soll bis 2027 verlängert werden.", says("verlängert", **fields))
    (plan,) = side_by_side(GROUP, claims, [], [], Nouns({})).plans
    assert (plan.status, plan.due, plan.outcome) == ("extended", None, "open")


def test_a_plan_of_another_edition_is_not_promised() -> None:
    fields = {"value": "50", "modality": "planned", "until": "2027", "subject": "Seenplan 2020"}
    (claim,) = stored("Bis 2027 soll der Seenplan 50 Boote haben.", says("50 Boote", **fields))
    assert not is_promise(claim, ["Seenplan 2020", NAME])
    assert is_promise(claim, [NAME, "Seenplan 2020"])


def test_a_target_in_other_words_is_one() -> None:
    def share(noun: str, value: str, until: str) -> Statement:
        fields = {"kind": "share", "unit": "%", "modality": "planned", "subject": NAME}
        return says(f"{value} Prozent {noun}", value=value, counted=noun, until=until, **fields)

    text = "Der Seenplan soll 25 Prozent Strom, 25 Prozent Energie, 30 Prozent Wärme und 25 Prozent Gas bringen."
    claims = stored(
        text, share("Strom", "25", "2035"), share("Energie", "25", "2035"), share("Wärme", "30", "2035"),
        share("Gas", "25", "2050"),
    )  # fmt: skip
    found = side_by_side(GROUP, claims, [], [], Nouns({}))
    told = [(int(plan.target.value), plan.due, len(plan.evidence)) for plan in found.plans if plan.target]
    assert sorted(told) == [(25, "2035", 2), (25, "2050", 1), (30, "2035", 1)]
