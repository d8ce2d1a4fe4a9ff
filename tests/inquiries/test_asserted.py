"""What statements assert, as people say it: read by the rules, with what no release says so."""

from datetime import date
from functools import partial

import pytest

from extractors.claims import extract
from inquiries.asserted import asserted
from inquiries.said import frames, said_day
from models.claim import Claim
from models.settings import settings


def read(statement: str) -> list[Claim]:
    found = asserted(statement, [], partial(extract, published=date(2026, 1, 1), tagger=settings().spacy_model))
    for claim in found:
        assert statement[claim.start : claim.end] == claim.quote
        assert statement[claim.sentence_start :].startswith(claim.sentence)
    return found


def test_so_many_more_are_a_difference() -> None:
    assert [claim.aspect for claim in read("Das Land hat 100 Plätze mehr in der Kältehilfe finanziert.")] == ["change"]
    assert [claim.aspect for claim in read("Das Land hat mehr als 100 Plätze in der Kältehilfe finanziert.")] == [
        "level"
    ]


def told(claim: Claim) -> tuple[str, str | None, str]:
    return str(claim.value), claim.comparator, claim.quote


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # none at all
        ("Kein einziges Projekt wurde 2022 abgeschlossen.", [("0", "=", "Kein einziges Projekt")]),
        ("Bisher ist nicht eine einzige Brücke saniert worden.", [("0", "=", "nicht eine einzige Brücke")]),
        (
            "Im Mai war kein einziger Antrag bewilligt, im Juni waren es 40 Anträge.",
            [("0", "=", "kein einziger Antrag"), ("40", "=", "40 Anträge")],
        ),
        # shares in round words, of which no ten are meant
        ("Neun von zehn Anträgen wurden bewilligt.", [("90.0", "~", "Neun von zehn")]),
        ("Zwei von drei Brücken sind saniert, 12 Stege sind gesperrt.",
         [("66.7", "~", "Zwei von drei"), ("12", "=", "12 Stege")]),
        ("Drei von vier der 60 Schulen sind saniert.", [("75.0", "~", "Drei von vier"), ("60", "=", "60 Schulen")]),
        ("Jeder Vierte im Verein ist über sechzig.", [("25", "~", "Jeder Vierte")]),
        # real parts of real wholes
        ("42 von 73 Projekten sind abgeschlossen.", [("42", "=", "42"), ("73", "=", "73 Projekten")]),
        ("Sieben von den zehn Brücken sind saniert.", [("7", "=", "Sieben"), ("10", "=", "zehn Brücken")]),
        # denied: a bound
        ("Mehr als 175 Plätze gibt es nicht.", [("175", "<=", "Mehr als 175 Plätze")]),
    ],
)  # fmt: skip
def test_numbers_as_people_say_them(statement: str, expected: list[tuple[str, str, str]]) -> None:
    assert [told(claim) for claim in read(statement) if claim.value is not None] == expected


def test_a_state_that_nothing_has_is_no_state() -> None:
    assert [claim.kind for claim in read("Kein einziges Projekt der Seekonferenz ist gescheitert.")] == ["count"]


@pytest.mark.parametrize(
    ("statement", "day"),
    [
        ("Die Ministerin sagte am 1. Juni 2023: „22 Vorhaben sind abgeschlossen.“", date(2023, 6, 1)),
        ("„22 Vorhaben sind abgeschlossen“, sagte der Minister am 3.5.2023.", date(2023, 5, 3)),
        ("„22 Vorhaben sind abgeschlossen“, so das Amt am 31. Februar 2023.", None),
        ("Am 1. Juni 2023 waren 22 Vorhaben abgeschlossen.", None),
        ("Sie sagte: „Am 1. Juni 2023 waren 22 Vorhaben abgeschlossen.“", None),
    ],
)
def test_the_day_on_which_it_was_said(statement: str, day: date | None) -> None:
    assert said_day(statement) == day


def test_when_it_was_said_is_no_date_of_the_number() -> None:
    (claim,) = read("Die Ministerin sagte am 1. Juni 2023: „22 Vorhaben sind abgeschlossen.“")
    assert (claim.as_of, claim.reporting_basis) == (None, "published")
    (claim,) = read("Sie sagte: „Am 1. Juni 2023 waren 22 Vorhaben abgeschlossen.“")
    assert claim.as_of == "2023-06-01"


@pytest.mark.parametrize(
    ("statement", "framed"),
    [
        ("Die Opposition behauptet, es seien 22 Vorhaben.", ["Die Opposition behauptet,"]),
        ("Meine Damen und Herren, es sind 22 Vorhaben.", []),
        ("Die Brücke erklärt sich von selbst.", []),
    ],
)
def test_who_says_it_is_not_what_is_said(statement: str, framed: list[str]) -> None:
    assert [statement[start:end].strip() for start, end in frames(statement)] == framed
