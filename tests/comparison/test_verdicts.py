"""Verdicts: what stored claims say to one that is checked, ranges and comparator words respected."""

from dataclasses import replace
from typing import Any

import pytest

from comparison.alike import Akin
from comparison.findings import Finding
from comparison.headline_dates import dated_apart
from comparison.reasons import UNSAID
from comparison.restrictions import telling
from comparison.verdicts import judge
from models.claim import Restriction
from tests.support.releases import Page
from tests.support.stored import stored_claims
from tests.support.three_reports import PROGRAMME, asked, three_pages


def judged(statement: str, quote: str, *, more: Page | None = None, **fields: Any) -> Finding:
    """The verdict by three reports and perhaps another page."""
    pages = [*three_pages(), *([more] if more else [])]
    about = [each for page in pages for each in stored_claims(*page.read())]
    claim = asked(statement, quote, **fields)
    akin = [Akin(each, "same" if each.claim.counted == claim.counted else "other", 1.0) for each in about]
    return judge(claim, PROGRAMME, akin)


COMPLETED = {"counted": "Vorhaben", "status": "completed"}


@pytest.mark.parametrize(
    ("value", "fields", "verdict"),
    [
        ("42", {}, "supported"),
        ("22", {}, "outdated"),
        ("50", {}, "differs"),
        ("22", {"as_of": "2022-12-31"}, "supported"),
        ("22", {"as_of": "2022", "of": "73"}, "supported"),
        # "2022 wurden 22 abgeschlossen" speaks of that year alone, the reports of all there are.
        ("22", {"as_of": "2022"}, "not_comparable"),
        ("20", {"as_of": "2022-12-31"}, "contradicted"),
        ("20", {"as_of": "2023-12-31"}, "not_comparable"),
        ("40", {"comparator": ">"}, "supported"),
        ("42", {"comparator": ">"}, "differs"),
        ("42", {"comparator": ">="}, "supported"),
        ("45", {"comparator": "<"}, "supported"),
        ("40", {"value_to": "45"}, "supported"),
        ("43", {"value_to": "45"}, "differs"),
        ("40", {"comparator": "~"}, "supported"),
        ("42", {"status": "approved"}, "not_comparable"),
        ("42", {"counted": "Brücke"}, "not_comparable"),
    ],
)
def test_verdict_of_a_count(value: str, fields: dict[str, Any], verdict: str) -> None:
    finding = judged(f"Es sind {value} Vorhaben.", value, value=value, **COMPLETED | fields)
    assert finding.verdict == verdict
    assert finding.evidence or finding.similar


def test_of_a_time_of_which_nothing_is_told_no_other_number_is_named() -> None:
    finding = judged("Es waren 50 Vorhaben.", "50", value="50", counted="Vorhaben", as_of="2023-12-31")
    assert (finding.reason, finding.evidence) == ("nothing_at_date", ())
    assert ("time", "2023-12-31", UNSAID) in [each.reason for each in finding.similar]


def test_the_same_number_of_another_time_is_told_as_that() -> None:
    finding = judged("Es waren 42 Vorhaben.", "42", value="42", as_of="2023-12-31", **COMPLETED)
    assert (finding.verdict, finding.reason, finding.date) == ("not_comparable", "other_time", "2024-12-31")


def test_a_part_of_what_may_not_be_laid_beside_is_not_told_instead() -> None:
    page = Page("Bilanz", "2022-01-10", "2021-12-31", projects=[PROGRAMME])
    sentence = "Es gingen 4.000 neue Plätze in Betrieb, davon 2.800 aus dem Landesprogramm."
    in_operation = {"counted": "Platz", "status": "operating", "as_of": "2021", "subject": PROGRAMME}
    page.says(sentence, "4.000 neue Plätze", value="4000", aspect="increment", **in_operation)
    page.says(sentence, "2.800", value="2800", of="4000", whole=0, **in_operation)
    finding = judged("2021 gingen 6.500 Plätze in Betrieb.", "6.500", value="6500", more=page,
                     counted="Platz", status="operating", as_of="2021")  # fmt: skip
    assert (finding.verdict, finding.reason) == ("not_comparable", "other_state")


@pytest.mark.parametrize(
    ("years", "reason", "shown"), [((2024, 2025), "difference", [402, 401]), ((2025,), "no_difference", [])]
)
def test_for_a_difference_two_levels_are_told_that_can_be_subtracted(
    years: tuple[int, ...], reason: str, shown: list[int]
) -> None:
    levels = Page("Bilanz", "2023-10-01", projects=[PROGRAMME])
    levels.says("Davon waren 41 Plätze frei.", "41 Plätze", value="41", counted="Platz", predicate="frei",
                subject=PROGRAMME)  # fmt: skip
    pages = [levels]
    for number, year in enumerate(years, start=401):
        day = f"{year}-10-01"
        page = Page("Bilanz der Plätze", day, url=f"https://land.example/{day}", projects=[PROGRAMME])
        page.says(f"Im Modellprogramm Altmark gab es am 1. Oktober {year} genau {number} Plätze.", f"{number} Plätze",
                  value=str(number), counted="Platz", aspect="level", as_of=day, reporting_date=day,
                  reporting_basis="stated", subject=PROGRAMME)  # fmt: skip
        pages.append(page)
    claim = asked("Es gibt 100 Plätze mehr.", "100 Plätze", value="100", counted="Platz", aspect="change")
    finding = judge(claim, PROGRAMME, [Akin(e, "same", 1.0) for page in pages for e in stored_claims(*page.read())])
    assert (finding.verdict, finding.reason) == ("not_comparable", reason)
    assert [each.value for each in finding.stated] == shown


def test_what_nothing_counts_is_unknown_however_like_its_words_are() -> None:
    claim = asked("Es gibt 412 Dachgärten.", "412 Dachgärten", value="412", counted="Dachgarten", subject=None)
    about = [Akin(each, "other", 0.6) for each in stored_claims(*three_pages()[0].read())]
    assert judge(claim, None, about).verdict == "unknown"


def test_an_average_proves_what_is_said_of_its_week() -> None:
    week = Page("Lage", "2022-04-06", "2022-04-03", projects=[PROGRAMME])
    week.says("In der Woche standen durchschnittlich 1.046 Plätze bereit.", "1.046 Plätze", value="1046",
              counted="Platz", aspect="average", subject=PROGRAMME)  # fmt: skip
    said = {"counted": "Platz", "aspect": "level", "as_of": "2022-04-03"}
    finding = judged("Es standen 1.046 Plätze bereit.", "1.046", value="1046", more=week, **said)
    assert finding.verdict == "supported"
    assert judged("Es standen 900 Plätze bereit.", "900", value="900", more=week, **said).verdict == "not_comparable"


def test_the_newest_of_a_programme_is_among_what_is_similar() -> None:
    newest = Page("Neues", "2026-01-05", projects=[PROGRAMME])
    newest.says("Es sind höchstens 80 Vorhaben.", "80 Vorhaben", value="80", counted="Vorhaben", aspect="limit",
                subject=PROGRAMME)  # fmt: skip
    planned = {"counted": "Vorhaben", "status": "planned"}
    older = [Page("Älteres", f"2015-0{n}-01") for n in range(1, 8)]
    for n, page in enumerate(older):
        page.says(f"Es sind {n} Vorhaben geplant.", f"{n} Vorhaben", value=str(n), **planned)
    claim = asked("Es sind 50 Vorhaben.", "50", value="50", **COMPLETED)
    about = [Akin(each, "same", 1.0) for page in older for each in stored_claims(*page.read())]
    finding = judge(claim, PROGRAMME, [*about, *(Akin(each, "same", 0.4) for each in stored_claims(*newest.read()))])
    assert finding.similar[-1].proof.value == 80


def test_the_whole_of_which_an_office_speaks_restricts_nothing() -> None:
    page = Page("Schule in Adlershof", "2022-04-28").says(
        "Die Gesellschaft baut für das Land 19 Häuser.", "19 Häuser", value="19", counted="Haus",
        scope=(Restriction("place", "Adlershof", 10, 19), Restriction("group", "Land", 51, 55)),
    )  # fmt: skip
    (stored,) = stored_claims(*page.read())
    assert telling(stored.claim) == ()
    place = replace(stored.claim, scope=stored.claim.scope[:1])
    assert [each.value for each in telling(place)] == ["Adlershof"]


@pytest.mark.parametrize(
    ("headline", "sentence", "apart"),
    [
        ("Lage (14. KW 2022)", "In der vergangenen Woche (13. KW) waren es 984.", ("14. KW", "13. KW")),
        ("Lage (13. KW 2022)", "In der vergangenen Woche (13. KW) waren es 984.", None),
        ("Lage (14. KW 2022)", "In der 14. KW waren es 984, in der 13. KW 1.046.", None),
        ("Lage", "In der vergangenen Woche (13. KW) waren es 984.", None),
        ("Zahlen, Stand 3. Mai", "Es sind 9 (Stand: 2. Mai).", ("Stand 3. Mai", "Stand: 2. Mai")),
    ],
)
def test_a_headline_that_dates_otherwise_than_its_sentence(
    headline: str, sentence: str, apart: tuple[str, str] | None
) -> None:
    assert dated_apart(headline, sentence) == apart


@pytest.mark.parametrize(
    ("word", "value", "verdict"),
    [
        # 42 lies within 35 to 45, which "rund 40" leaves open; "gut" leaves the upper half, "knapp" the lower.
        ("rund", "40", "supported"),
        ("gut", "40", "supported"),
        ("knapp", "40", "differs"),
        ("knapp", "45", "differs"),
        ("knapp", "50", "differs"),
        ("fast", "50", "differs"),
    ],
)
def test_words_of_comparison(word: str, value: str, verdict: str) -> None:
    statement = f"Es sind {word} {value} Vorhaben."
    finding = judged(statement, value, value=value, comparator="~", word=word, **COMPLETED)
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("word", "comparator", "value", "verdict"),
    [
        (None, "=", "1500", "supported"),
        ("rund", "~", "1500", "supported"),
        ("etwa", "~", "2000", "not_comparable"),
        ("gut", "~", "1500", "not_comparable"),
        ("knapp", "~", "1500", "not_comparable"),
        (None, "=", "1520", "not_comparable"),
        (None, "=", "1600", "differs"),
        (None, ">", "1400", "supported"),
        (None, ">", "1500", "not_comparable"),
    ],
)
def test_a_stored_number_may_be_rounded(word: str | None, comparator: str, value: str, verdict: str) -> None:
    statement = f"Erreicht wurden {word or ''} {value} Jugendliche."
    finding = judged(statement, value, value=value, comparator=comparator, word=word, counted="Jugendlicher")
    assert finding.verdict == verdict


def test_a_plan_is_compared_with_plans() -> None:
    place = {"counted": "Stelle", "status": "operating"}
    planned = judged("Mehr als 50 Stellen sollen entstehen.", "50", value="50", comparator=">",
                     modality="planned", **place)  # fmt: skip
    actual = judged("Es gibt 51 Stellen.", "51", value="51", **place)
    assert (planned.verdict, actual.verdict) == ("supported", "not_comparable")


def test_money_that_flows_is_granted_money() -> None:
    money = {"kind": "money", "unit": "EUR"}
    assert judged("136 Mio. Euro flossen.", "136 Mio.", value="136000000", **money).verdict == "supported"
    assert judged("150 Mio. Euro flossen.", "150 Mio.", value="150000000", **money).verdict == "differs"


@pytest.mark.parametrize(
    ("status", "verdict"), [("extended", "supported"), ("discontinued", "differs"), ("operating", "not_comparable")]
)
def test_status_of_a_project(status: str, verdict: str) -> None:
    assert judged("Es wurde etwas.", "wurde etwas", kind="status", status=status).verdict == verdict


@pytest.mark.parametrize(
    ("until", "verdict"), [("2029", "supported"), ("2029-12-31", "supported"), ("2027", "differs")]
)
def test_how_long_a_state_lasts(until: str, verdict: str) -> None:
    lasting = {"kind": "status", "status": "extended", "until": until}
    finding = judged(f"Es wurde bis {until} verlängert.", "verlängert", **lasting)
    assert finding.verdict == verdict
    assert finding.evidence[0].quote == "wurde bis 2029 verlängert"


def test_a_state_that_the_newest_report_leaves_out_is_outdated() -> None:
    page = Page("Bericht 2020", "2021-06-01", "2020-12-31", projects=[PROGRAMME])
    page.says("9 Vorhaben werden geprüft.", "9 Vorhaben", value="9", counted="Vorhaben", of="73",
              status="under_review", subject=PROGRAMME)  # fmt: skip
    finding = judged("9 werden geprüft.", "9", value="9", counted="Vorhaben", status="under_review", more=page)
    assert (finding.verdict, finding.reason, finding.date) == ("outdated", "not_since", "2020-12-31")


def test_several_numbers_of_one_date_exclude_nothing() -> None:
    page = Page("Nachtrag", "2025-06-02", "2024-12-31", projects=[PROGRAMME])
    page.says("Weitere 12 Millionen Euro kamen hinzu.", "12 Millionen Euro", kind="money", value="12000000",
              unit="EUR", subject=PROGRAMME)  # fmt: skip
    finding = judged("Es waren 50 Mio. Euro.", "50 Mio.", kind="money", value="50000000", unit="EUR", more=page)
    assert (finding.verdict, finding.reason) == ("not_comparable", "several_numbers")


@pytest.mark.parametrize(("predicate", "verdict"), [("arbeitslos", "supported"), ("frei", "not_comparable")])
def test_a_noun_may_say_what_a_predicate_does(predicate: str, verdict: str) -> None:
    page = Page("Arbeitsmarkt", "2022-03-31")
    page.says("Es sind 179 Arbeitslose gemeldet.", "179", value="179", counted="Arbeitsloser", predicate="gemeldet")
    (told,) = stored_claims(*page.read())
    statement = f"179 Menschen sind {predicate}."
    claim = asked(statement, "179", value="179", counted="Mensch", predicate=predicate)
    assert judge(claim, None, [Akin(told, "kin", 1.0)]).verdict == verdict


MONEY = {"kind": "money", "unit": "EUR"}


def of_another_year() -> Page:
    """A sum of 2023, in a sentence that compares it with 2022."""
    page = Page("Schulbau", "2024-05-14", "2023-12-31")
    return page.says("Die Mittel stiegen von 867 Millionen Euro im Jahr 2022 auf 1.094 Millionen Euro.",
                     "1.094 Millionen Euro", value="1094000000", subject=PROGRAMME, reporting_date="2023-12-31",
                     reporting_basis="release", **MONEY)  # fmt: skip


def test_a_number_is_not_of_the_year_that_it_is_compared_with() -> None:
    said = {"value": "1094000000", "as_of": "2022", "more": of_another_year(), **MONEY}
    assert judged("2022 flossen 1.094 Millionen Euro.", "1.094 Millionen Euro", **said).verdict == "not_comparable"


def test_a_sum_is_neither_refuted_nor_overtaken_by_one_of_each_year_or_many_times_less() -> None:
    page = Page("Schulbau", "2026-01-01")
    page.says("Das sind 60 Millionen Euro im Jahr.", "60 Millionen Euro", value="60000000", per="Jahr",
              subject=PROGRAMME, **MONEY)  # fmt: skip
    finding = judged("Es flossen 136 Millionen Euro.", "136 Millionen Euro", value="136000000", more=page, **MONEY)
    assert (finding.verdict, finding.reason, finding.later[0].value) == ("supported", "others_since", 60000000)
    spent = judged("Es flossen 5 Milliarden Euro.", "5 Milliarden Euro", value="5000000000", **MONEY)
    assert spent.verdict == "not_comparable"


def test_what_was_summed_up_over_years_is_no_number_of_the_last_of_them() -> None:
    page = Page("Schulbau", "2022-09-13")
    page.says("Zwischen den Schuljahren 2016/2017 und 2021/2022 entstanden 25.000 Räume.", "25.000 Räume",
              value="25000", counted="Raum", status="completed", as_of="2021", subject=PROGRAMME)  # fmt: skip
    said = {"value": "8101", "counted": "Raum", "status": "completed", "as_of": "2021", "more": page}
    assert judged("2021 entstanden 8.101 Räume.", "8.101 Räume", **said).verdict == "not_comparable"


def test_a_season_is_of_one_time_however_its_number_is_dated() -> None:
    page = Page("Bilanz", "2024-04-29")
    page.says("In der Saison 2023/2024 waren es knapp 1.200 Plätze.", "1.200 Plätze", value="1200", comparator="~",
              word="knapp", counted="Platz", subject=PROGRAMME)  # fmt: skip
    said = {"value": "1200", "comparator": "~", "counted": "Platz", "as_of": "2023", "more": page}
    statement = "In der Saison 2023/24 waren es rund 1.200 Plätze."
    assert judged(statement, "1.200 Plätze", **said).verdict == "supported"


def test_a_round_number_leaves_room_for_the_one_that_it_stands_for() -> None:
    page = Page("Solar", "2023-06-01")
    page.says("2022 kamen 3.700 Anlagen hinzu.", "3.700 Anlagen", value="3700", counted="Anlage", as_of="2022",
              subject=PROGRAMME)  # fmt: skip
    for value, reason in (("3704", "leaves_room"), ("3760", "other_at_date")):
        said = {"value": value, "counted": "Anlage", "as_of": "2022", "more": page}
        assert judged(f"2022 kamen {value} Anlagen hinzu.", f"{value} Anlagen", **said).reason == reason


def of_year(title: str, published: str, sentence: str, quote: str, **fields: Any) -> Page:
    page = Page(title, published)
    dated = {"as_of": "2023", "reporting_date": "2023", "reporting_basis": "stated", "span": "year"}
    return page.says(sentence, quote, **{"kind": "money", "unit": "EUR", "subject": PROGRAMME} | dated | fields)


@pytest.mark.parametrize(
    ("value", "later", "dated", "reason"),
    [
        # a later release tells another number of the very year, in words that may mean something else
        ("177000000", {"value": "195000000"}, {"as_of": "2023"}, "others_then"),
        ("177000000", {"value": "195000000"}, {}, "others_then"),
        ("195000000", {"value": "195000000"}, {"as_of": "2023"}, "others_then"),
        # the same, rounded; many times as much; of another year
        ("177000000", {"value": "177000000", "comparator": "~"}, {"as_of": "2023"}, "same"),
        ("177000000", {"value": "1950000000"}, {"as_of": "2023"}, "same"),
        ("177000000", {"value": "195000000", "as_of": "2022", "reporting_date": "2022"}, {"as_of": "2023"}, "same"),
    ],
)
def test_what_is_told_otherwise_of_the_same_time_is_named(
    value: str, later: dict[str, Any], dated: dict[str, str], reason: str
) -> None:
    pages = [
        of_year("Erster Bericht", "2024-05-14", "2023 waren es 177 Mio. Euro.", "177 Mio. Euro", value="177000000"),
        of_year("Rückschau", "2024-09-24", "Zur Verfügung standen 2023 fast so viele Mio. Euro.", "viele", **later),
    ]
    about = [each for page in pages for each in stored_claims(*page.read())]
    claim = asked("Es waren so viele Euro.", "so viele", kind="money", unit="EUR", value=value, **dated)
    finding = judge(claim, PROGRAMME, [Akin(each, "same", 1.0) for each in about])
    assert (finding.verdict, finding.reason) == ("supported", reason)
    assert bool(finding.later) == (reason == "others_then")
