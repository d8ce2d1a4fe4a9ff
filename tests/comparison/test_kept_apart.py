"""What headlines, names and tables say of a number keeps it apart from others of its kind."""

from datetime import date

import pytest

from comparison.likeness import Stated
from comparison.relation import Relation, relate
from extractors.claims import extract

FUNDED = "Die Jury hatte über {} Anträge zu beraten, die bis zum Ende der Frist eingegangen sind."
EDITIONS = [
    ("Auswahl der Förderung für Chöre und Orchester", "Auswahl der Förderung für Museen und Archive"),
    ("Seenfonds vergibt im ersten Verfahren für 2023 Mittel", "Seenfonds vergibt im zweiten Verfahren für 2024 Mittel"),
    ("Land eröffnet viertes Impfzentrum", "Land eröffnet fünftes Impfzentrum"),
    ("Anmeldung zu Kursen in den Sommerferien", "Anmeldung zu Kursen in den Herbstferien"),
    ("Stipendien für Texte in deutscher Sprache", "Stipendien für Texte in nichtdeutscher Sprache"),
]


def stated(title: str, sentence: str, day: str) -> Stated:
    found = extract(f"{title}\n\n{sentence}", published=date.fromisoformat(day)).claims
    return Stated(next(each for each in found if each.value is not None), title, day)


def related(titles: tuple[str, str], sentences: tuple[str, str]) -> Relation:
    days = ("2023-03-01", "2024-03-01")
    one, other = (stated(*each) for each in zip(titles, sentences, days, strict=True))
    return relate(one, other)


@pytest.mark.parametrize("titles", EDITIONS)
def test_headlines_of_one_form_for_other_ends_or_rounds(titles: tuple[str, str]) -> None:
    sentences = (FUNDED.format(120), FUNDED.format(95))
    assert not related(titles, sentences).comparable
    same = (titles[0], titles[0].replace("2023", "2024"))
    assert related(same, sentences).kind == "same"


def test_numbers_of_a_table_that_was_read_as_a_sentence() -> None:
    row = "Nord 120 Fälle; 14,2; 31; Süd 95; 11,0; 28; Ost 80; 9,1; 17; West 77; 8,8; 12; Summe 372; 43,1; 88."
    assert related(("Zahlen", "Zahlen"), (row, row.replace("120", "130"))).reasons[0][0] == "reading"


def test_prices_of_a_list_of_events() -> None:
    events = "Montag 14:30 Uhr: Tanz, {} Euro 16:00 bis 17:00 Uhr: Yoga, 4 Euro 18:00 Uhr: Chor, 1 Euro."
    found = related(("Im Mai", "Im Juni"), (events.format(3), events.format(2)))
    assert found.reasons[0][0] == "reading" and not found.comparable


def test_what_two_works_on_one_street_cost() -> None:
    sentences = ("Die Baukosten betragen 165.000 Euro.", "Die Baukosten betragen 120.000 Euro.")
    one = "Neuer Gehweg in der Lindenallee"
    assert not related((one, "Sperrung der Lindenallee wegen Schlaglöchern"), sentences).comparable
    assert related((one, one), sentences).comparable
