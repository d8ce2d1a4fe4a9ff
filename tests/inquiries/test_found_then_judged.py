"""Statements as people make them, read by the rules and laid beside releases of invented offices."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine

from extractors.claims import extract
from inquiries.around import bare, thing, words_of
from inquiries.asserted import asserted
from inquiries.statement import Check, check
from models.claim import Restriction
from models.nouns import Nouns
from models.settings import settings
from tests.support.releases import Page

_OTHERS = (
    "Brücke", "Deich", "Hafen", "Archiv", "Theater", "Garten", "Museum", "Chor", "Werkstatt", "Fähre", "Mühle", "Burg",
    "Bäckerei", "Kloster", "Turm", "Quelle", "Weinberg", "Schleuse", "Molkerei", "Ziegelei", "Gestüt", "Forsthaus",
    "Leuchtturm", "Sternwarte", "Kapelle", "Markthalle", "Orgel", "Uhr",
)  # fmt: skip


def page(title: str, published: str, *told: tuple[str, str, dict[str, Any]]) -> Page:
    made = Page(title, published)
    for sentence, quote, fields in told:
        made.says(sentence, quote, **fields)
    return made


@pytest.fixture(scope="module")
def stored(lasting_engine: Engine) -> Engine:
    engine = lasting_engine
    for number, noun in enumerate(_OTHERS):
        told = [
            (f"Die {noun} {place} hat {number + 100} Besucher begrüßt.", f"{number + 100} Besucher",
             {"value": str(number + 100), "counted": "Besucher"})
            for place in ("Altdorf", "Neustadt", "Mühlhausen")
        ]  # fmt: skip
        page(f"{noun} im Sommer", f"2020-05-{number + 1:02d}"[:10], *told).store(engine)
    places = {"counted": "Schulplatz", "status": "completed"}
    page(
        "Schulbau in Altmark: Bilanz", "2022-06-01",
        ("Seit 2016 wurden in Altmark 25.000 neue Schulplätze geschaffen.", "25.000 neue Schulplätze",
         {"value": "25000", **places}),
        ("In Pankow sind 1.310 Radbügel aufgestellt.", "1.310 Radbügel", {"value": "1310", "counted": "Radbügel"}),
    ).store(engine)  # fmt: skip
    page(
        "Schulbau in Altmark: das Jahr", "2024-05-14",
        ("In Altmark wurden in einem Jahr 8.100 neue Schulplätze geschaffen.", "8.100 neue Schulplätze",
         {"value": "8100", **places}),
    ).store(engine)  # fmt: skip
    for day, value in (("2021-03-01", "1658"), ("2024-01-09", "3500")):
        page(
            f"Ladepunkte {day[:4]}", day,
            (f"In Altmark sind {value} Ladepunkte öffentlich zugänglich.", f"{value} Ladepunkte",
             {"value": value, "counted": "Ladepunkt"}),
        ).store(engine)  # fmt: skip
    page(
        "Härtefälle", "2022-04-28",
        ("Im Jahr 2021 wurden bei der Härtefallkommission 269 Fälle angemeldet.", "269 Fälle",
         {"value": "269", "counted": "Fall", "as_of": "2021", "reporting_date": "2021"}),
    ).store(engine)  # fmt: skip
    of_day = {"as_of": "2023-03-01", "reporting_date": "2023-03-01"}
    sentence = (
        "Bis zum 1. März 2023 nahmen 74.789 Geflüchtete aus der Ukraine am Verfahren teil, davon 36.671 Personen hier."
    )
    page(
        "Asyl in Altmark", "2023-03-07",
        (sentence, "74.789 Geflüchtete", {"value": "74789", "counted": "Geflüchteter", **of_day}),
        (sentence, "36.671 Personen", {"value": "36671", "counted": "Person", **of_day}),
    ).store(engine)  # fmt: skip
    page(
        "Stundenlohn in Altmark", "2022-07-14",
        ("Der Landeslohn beträgt 13 Euro.", "13 Euro", {"kind": "money", "value": "13", "unit": "EUR"}),
    ).store(engine)  # fmt: skip
    page(
        "Nordtal-Konferenz", "2023-01-10",
        ("Zur Nordtal-Konferenz kamen 400 Gäste.", "400 Gäste", {"value": "400", "counted": "Gast"}),
    ).store(engine)  # fmt: skip
    of_year = {"counted": "Stiftung", "status": "started", "as_of": "2018", "reporting_date": "2018", "span": "year"}
    page(
        "Stiftungen wachsen", "2018-11-16",
        ("Im laufenden Jahr sind bislang 18 Stiftungen gegründet worden.", "18 Stiftungen", {"value": "18", **of_year}),
    ).store(engine)  # fmt: skip
    page(
        "Stiftungen in Altmark", "2019-04-03",
        ("Im vergangenen Jahr wurden 29 Stiftungen gegründet.", "29 Stiftungen", {"value": "29", **of_year}),
    ).store(engine)  # fmt: skip
    page(
        "Spielen auf der Straße", "2021-09-17",
        ("Am 22. September 2021 werden 35 Gassen zu Spielstraßen.", "35 Gassen",
         {"value": "35", "counted": "Gasse", "modality": "planned", "as_of": "2021-09-22"}),
    ).store(engine)  # fmt: skip
    page(
        "Sonne für Altmark", "2023-06-01",
        ("Damit können 11.400 Haushalte mit Sonnenstrom versorgt werden.", "11.400 Haushalte",
         {"value": "11400", "counted": "Haushalt", "modality": "possible"}),
    ).store(engine)  # fmt: skip
    of_year = {"as_of": "2022", "reporting_date": "2022", "span": "year"}
    sentence = "Im Jahr 2022 hat Berlin 512 Auen gefördert, dazu wurden 318 Teiche in Berlin gefördert."
    page(
        "Gewässer in Berlin", "2023-02-01",
        (sentence, "512 Auen", {"value": "512", "counted": "Aue", **of_year}),
        (sentence, "318 Teiche", {"value": "318", "counted": "Teich", **of_year}),
        ("In Berlin zählt das Statistikamt von Berlin und Brandenburg 77 Moore.", "77 Moore",
         {"value": "77", "counted": "Moor"}),
    ).store(engine)  # fmt: skip
    of_sum = {"kind": "money", "unit": "EUR", "as_of": "2021", "reporting_date": "2021", "span": "year"}
    whole = "Die außerplanmäßigen Ausgaben der Stadt betrugen 2021 rund 564 Millionen Euro."
    parts = "Davon entfielen rund 489 Millionen Euro auf die Verwaltung und rund 75 Millionen Euro auf die Werkstätten."
    spent = page("Ausgaben der Verwaltung und der Werkstätten", "2022-02-01")
    spent.says(whole, "rund 564 Millionen Euro", value="564000000", comparator="~", **of_sum)
    for value in ("489", "75"):
        quote = f"rund {value} Millionen Euro"
        spent.says(parts, quote, value=f"{value}000000", comparator="~", of="564000000", whole=0, **of_sum)
    spent.store(engine)
    for place, value, day in (("Nordend", "917", "2017-09-04"), ("Südend", "647", "2018-01-19")):
        page(
            f"Neues aus der JVA {place}", day,
            (f"Die JVA {place} hat {value} Haftplätze.", f"{value} Haftplätze",
             {"value": value, "counted": "Haftplatz", "subject": f"JVA {place}"}),
        ).store(engine)  # fmt: skip
    of_scene = {"counted": "Person"}
    sentence = "Der gewaltbereiten Szene rechnet Altmark 1.100 Personen zu, von denen 350 gesucht werden."
    scene = page("Szene", "2024-07-16", (sentence, "1.100 Personen", {"value": "1100", **of_scene}))
    scene.says(sentence, "350", value="350", of="1100", **of_scene)
    scene.store(engine)
    of_exam = {"counted": "Prüfling", "as_of": "2022", "reporting_date": "2022", "span": "year"}
    sentence = "Von 620 Prüflingen in Altmark haben 540 das Steuerpatent 2022 bestanden."
    exam = page("Steuerpatent", "2022-07-08", (sentence, "620 Prüflingen", {"value": "620", **of_exam}))
    exam.says(sentence, "540", value="540", of="620", whole=0, **of_exam)
    exam.store(engine)
    page(
        "Rudern in Altmark", "2022-03-01",
        ("Der Ruderverein hat in Altmark 45 Kanus gekauft.", "45 Kanus", {"value": "45", "counted": "Kanu"}),
    ).store(engine)  # fmt: skip
    return engine


def checked(engine: Engine, statement: str, said_on: str | None = None) -> Check:
    day = date.fromisoformat(said_on) if said_on else None
    read = partial(extract, published=day or date(2026, 1, 1), tagger=settings().spacy_model)
    return check(engine, statement, read, said_on=day)


@pytest.mark.parametrize(
    ("statement", "said_on", "verdict"),
    [
        # the same, in other words and rounded
        ("25.000 neue Schulplätze sind in Altmark seit 2016 entstanden.", None, "supported"),
        ("In Altmark sind 3.500 Ladesäulen öffentlich zugänglich.", None, "supported"),
        # a total since a year: what one year brought neither overtakes it nor speaks against it
        ("Seit 2016 wurden in Altmark 25.000 neue Schulplätze geschaffen.", None, "supported"),
        ("Seit 2010 wurden in Altmark 8.100 neue Schulplätze geschaffen.", None, "not_comparable"),
        # what has moved on, and what was right when it was said
        ("In Altmark sind 1.658 Ladepunkte öffentlich zugänglich.", None, "outdated"),
        ("In Altmark sind 1.658 Ladepunkte öffentlich zugänglich.", "2022-01-01", "supported"),
        # another number for the very year; another year
        ("2021 wurden bei der Härtefallkommission 305 Fälle angemeldet.", None, "contradicted"),
        ("2015 wurden bei der Härtefallkommission 269 Fälle angemeldet.", None, "not_comparable"),
        # the same number of something else, or elsewhere
        ("In Spandau sind 1.310 Radbügel aufgestellt.", None, "not_comparable"),
        ("In Altmark sind 3.500 Ladepunkte kaputt.", None, "not_comparable"),
        # what is told of them by another word is not contradicted, nor is it the like number beside it
        ("74.789 Ukrainer nahmen bis zum 1. März 2023 am Verfahren teil.", None, "not_comparable"),
        # a verb in two parts, and for each of what a number is meant
        ("Am Verfahren nahmen 74.789 Geflüchtete aus der Ukraine teil.", None, "supported"),
        ("Der Landeslohn in Altmark beträgt 13 Euro in der Stunde.", None, "supported"),
        # far above what is asked, two limits that are not the same
        ("In Altmark sind über 1.000 Ladepunkte öffentlich zugänglich.", None, "not_comparable"),
        # of a year what was told behind its end, not what was "bislang"
        ("2018 wurden 32 Stiftungen gegründet.", None, "contradicted"),
        ("2018 wurden 29 Stiftungen gegründet.", None, "supported"),
        # what was announced for a day, once that has come
        ("Am 22. September 2021 wurden 35 Gassen zu Spielstraßen.", "2021-09-30", "supported"),
        ("35 Gassen wurden zu Spielstraßen.", "2021-09-20", "not_comparable"),
        # what may be, and parts beside their whole
        ("11.400 Haushalte könnten mit Sonnenstrom versorgt werden.", None, "supported"),
        ("12.900 Haushalte könnten mit Sonnenstrom versorgt werden.", None, "not_comparable"),
        ("Der gewaltbereiten Szene rechnet Altmark 1.900 Personen zu.", None, "differs"),
        # another Land than that of the office; a number of the other thing that the same sentence counts
        ("2022 hat Berlin 512 Auen gefördert.", None, "supported"),
        ("2022 wurden in Brandenburg 512 Auen gefördert.", None, "not_comparable"),
        # parts, of which each is told its own of
        ("Die außerplanmäßigen Ausgaben der Werkstätten betrugen 2021 rund 75 Millionen Euro.", None, "supported"),
        ("Die außerplanmäßigen Ausgaben der Werkstätten betrugen 2021 rund 489 Millionen Euro.", None, "contradicted"),
        # of the whole is not said what is said of its part
        ("Das Steuerpatent 2022 haben in Altmark 620 Prüflinge bestanden.", None, "not_comparable"),
        # two of one kind
        ("Die JVA Nordend hat 917 Haftplätze.", None, "supported"),
        # a programme that nobody stored, though one is called nearly so
        ("Zur Südtal-Konferenz kamen 400 Gäste.", None, "unknown"),
        ("Es gibt 72 Seilbahnen.", None, "unknown"),
    ],
)
def test_ten_statements(stored: Engine, statement: str, said_on: str | None, verdict: str) -> None:
    found = checked(stored, statement, said_on)
    told = {each.verdict: each.reason for each in found.findings}
    assert found.verdict == verdict, told
    for finding in found.findings:
        assert bool(finding.evidence) or verdict in ("not_comparable", "unknown")
        assert len(finding.similar) <= 5


def test_what_was_known_then_and_what_is_known_now(stored: Engine) -> None:
    found = checked(stored, "In Altmark sind 1.658 Ladepunkte öffentlich zugänglich.", "2022-01-01")
    assert [each.verdict for each in found.findings] == ["supported"]
    assert [each.verdict for each in found.now] == ["outdated"]


def test_what_is_similar_says_why_it_is_no_match(stored: Engine) -> None:
    (finding,) = checked(stored, "In Spandau sind 1.310 Radbügel aufgestellt.").findings
    first = finding.similar[0]
    assert (first.proof.value, first.reason and first.reason[:2]) == (1310, ("words", "Spandau"))


def test_a_typo_is_told(stored: Engine) -> None:
    found = checked(stored, "Zur Nordtahl-Konferentz kamen 400 Gäste.")
    assert found.verdict in ("unknown", "not_comparable")
    assert found.spelt is None or "Nordtal" in found.spelt


def test_words_that_stand_for_a_verb_are_looked_for_as_one_and_need_not_be_repeated() -> None:
    statement = "In Altmark stehen 12 Fähren zur Verfügung."
    claims = asserted(statement, [], partial(extract, published=date(2024, 1, 1), tagger=settings().spacy_model))
    words = {word.text: word for word in words_of(statement, claims, claims[0])}
    assert "Verfügung" not in words
    assert words["zur Verfügung"].soft


def test_where_the_press_meets_restricts_no_number(engine: Engine) -> None:
    sentence = "Termin: Seestraße 6, 10178 Berlin, Raum 3. Altmark erhält 257 Millionen Euro für Fähren."
    start = len("Fähren\n\nTermin: ")
    place = Restriction("place", "Seestraße", start, start + len("Seestraße"))
    said = {"kind": "money", "unit": "EUR", "value": "257000000", "scope": (place,)}
    page("Fähren", "2024-01-10", (sentence, "257 Millionen Euro", said)).store(engine)
    (finding,) = checked(engine, "Altmark erhält für Fähren 257 Millionen Euro.").findings
    assert not any("Seestraße" in (each.reason or ()) for each in finding.similar)


def test_a_month_is_no_programme(engine: Engine) -> None:
    made = page("September", "2021-09-30", ("Im September 2021 fuhren 12 Fähren.", "12 Fähren",
                {"value": "12", "counted": "Fähre", "as_of": "2021-09", "subject": "September 2021"}))  # fmt: skip
    made.store(engine)
    (finding,) = checked(engine, "Im September 2021 fuhren 12 Fähren.").findings
    assert finding.programme is None


@pytest.mark.parametrize(
    ("statement", "reason", "unsaid"),
    [
        ("Im Jahr 2022 hat Berlin 512 Auen gefördert.", "same", None),
        ("Das Land Altmark hat seit 2016 in Altmark 25.000 neue Schulplätze geschaffen.", "same", "Das Land"),
        ("In Altmark wurden seit 2016 25.000 neue Schulplätze geschaffen.", "same", None),
        ("Das Land hat in Altmark 45 Kanus gekauft.", "other_actor", None),
    ],
)
def test_who_did_it_is_not_proved_by_the_number(
    stored: Engine, statement: str, reason: str, unsaid: str | None
) -> None:
    finding = checked(stored, statement).findings[0]
    assert (finding.reason, finding.unsaid_actor) == (reason, unsaid)


@pytest.mark.parametrize(
    ("asked_of", "told_of", "sentence", "kinship"),
    [
        ("Schule", "Schule", "40 prozent der schulen haben ein netz", "same"),
        ("Schule", None, "von den schulen haben 40 prozent ein netz", "same"),
        (None, "Schule", "40 prozent der schulen haben ein netz", "same"),
        ("Schule", "Kita", "40 prozent der kitas haben ein netz, die schulen folgen", "other"),
        ("Schule", None, "40 prozent haben ein netz", "other"),
    ],
)
def test_a_share_is_of_one_thing(asked_of: str | None, told_of: str | None, sentence: str, kinship: str) -> None:
    share = {"kind": "share", "value": "40", "unit": "%"}
    asked, told = (
        Page("Netz", "2024-01-01").says("Es sind 40 Prozent.", "40 Prozent", **share, counted=noun).read()[2].claims[0]
        for noun in (asked_of, told_of)
    )
    assert thing(asked, told, Nouns({}), bare(sentence), all_said=False) == kinship


def test_who_tells_whole_and_part_has_both_proved(stored: Engine) -> None:
    found = checked(stored, "Von den 620 Prüflingen in Altmark haben 540 das Steuerpatent 2022 bestanden.")
    assert [each.verdict for each in found.findings] == ["supported", "supported"]


def test_what_is_said_of_a_part_alone_proves_nothing_of_its_whole(stored: Engine) -> None:
    (finding,) = checked(stored, "Das Steuerpatent 2022 haben in Altmark 590 Prüflinge bestanden.").findings
    assert [each.value for each in finding.evidence] in ([], [540])
