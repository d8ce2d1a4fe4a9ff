"""Texts that no full stop ends: what reading them costs grows with their length, and no number of them is lost."""

import cProfile
import pstats
from datetime import date

import pytest

from extractors.claims import extract

KINDS = [
    "1 ", "5\t", "5, ", "5; ", "5–6–", "1\u2009000 ", "5\u200d", "5\u00ad", "12,5 und ", "12.05.2024 ", "am 5. Mai ",
    "5 % ", "5 Prozent der ", "5 Millionen ", "5 Euro ", "5 m² ", "5 Projekte ", "5 Projekte, ", "„5 Projekte“ ",
    "(5 Projekte ", "(5 Projekte) ", "5 von 10 Projekten ", "weil 5 Projekte, die ",
    "5 Projekte sind abgeschlossen und ", "„", "“", "(", "Ruhr-", "a", ", ", "Schule ", "Musterstadt, ",
    "Projekt „Alpha“ ", "wurde ",
    "„Wir haben 5 Projekte, sagte ", "dazu 5 davon ",
]  # fmt: skip
SHORT, LONG = 3_000, 12_000


def cost(text: str) -> int:
    """Calls of functions, which no other process of the machine makes more."""
    profile = cProfile.Profile()
    profile.runcall(extract, text, published=date(2024, 5, 6))
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls


def repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


@pytest.mark.parametrize("unit", KINDS)
def test_cost_grows_with_length_alone(unit: str) -> None:
    extract(repeated(unit, 500), published=date(2024, 5, 6))
    short, long = cost(repeated(unit, SHORT)), cost(repeated(unit, LONG))
    assert long <= 1.3 * short * LONG / SHORT


@pytest.mark.parametrize(("unit", "numbers"), [("5 Projekte ", 1), ("„5 Projekte“ ", 1), ("5 Euro und 6 Euro, ", 2)])
def test_no_number_is_lost(unit: str, numbers: int) -> None:
    found = extract(unit * 700, published=date(2024, 5, 6))
    assert len(found.claims) == 700 * numbers


def test_speech_in_speech_without_end_is_read() -> None:
    assert extract("„Wir haben 5 Projekte, sagte " * 1400, published=date(2024, 5, 6)).claims


def test_a_number_at_the_very_end_is_read() -> None:
    assert extract("Es gibt 5 Millio", published=date(2024, 5, 6)).claims is not None
