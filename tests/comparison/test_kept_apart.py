"""What headlines, names and tables say of a number keeps it apart from others of its kind."""

from dataclasses import replace
from datetime import date

import pytest

from comparison.dating import year_told
from comparison.kin import Kin
from comparison.likeness import Stated
from comparison.relation import Relation, Scorer, relate
from comparison.series import has_level
from extractors.claims import extract

FUNDED = "Die Jury hatte über {} Anträge zu beraten, die bis zum Ende der Frist eingegangen sind."
EDITIONS = [
    ("Auswahl der Förderung für Chöre und Orchester", "Auswahl der Förderung für Museen und Archive"),
    ("Seenfonds vergibt im ersten Verfahren für 2023 Mittel", "Seenfonds vergibt im zweiten Verfahren für 2024 Mittel"),
    ("Land eröffnet viertes Impfzentrum", "Land eröffnet fünftes Impfzentrum"),
    ("Anmeldung zu Kursen in den Sommerferien", "Anmeldung zu Kursen in den Herbstferien"),
    ("Anmeldung zu Kursen an Schulen", "Anmeldung zu Osterschwimmkursen an Schulen"),
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


def marked(sentence: str) -> Stated:
    """The number between brackets, as it is read."""
    start, end = sentence.index("["), sentence.index("]") - 1
    claims = extract(sentence.replace("[", "").replace("]", ""), published=date(2024, 3, 1)).claims
    there = [each for each in claims if each.value is not None and each.start < end and start < each.end]
    return Stated(there[0], "Zahlen", "2024-03-01")


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


def test_each_number_is_of_the_street_of_its_headline() -> None:
    said = "Die Offensive schafft hier in Seedorf weitere 576 Schulplätze."
    titles = ("Richtfest für die Grundschule am Lindendamm", "Neue Grundschule an der Alten Chaussee eröffnet")
    assert related(titles, (said, said)).reasons[0][0] == "place"
    assert related((titles[0], titles[0]), (said, said)).comparable


def test_two_trials_that_are_told_of_in_one_form() -> None:
    said = "Für den Prozess sind bislang insgesamt {} Hauptverhandlungstermine festgesetzt."
    titles = (
        "Seegericht verhandelt gegen den Betreiber des Hafens",
        "Seegericht verhandelt gegen eine Richterin der Werft",
    )
    assert not related(titles, (said.format(25), said.format(31))).comparable
    assert related((titles[0], titles[0]), (said.format(25), said.format(31))).comparable


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Der kleinste Anteil liegt mit 1,1 Prozent in Seedorf, dann folgen [1,3 Prozent] in Altdorf.",
         "Der kleinste Anteil liegt mit 1,1 Prozent in Altdorf, dann folgen [2,8 Prozent] in Neudorf.", "place"),
        ("An Schulen erreichten 12 Prozent die Berufsreife (Vorjahr: [9 Prozent]).",
         "An Schulen erreichten 14 Prozent die erweiterte Berufsreife (Vorjahr: [10 Prozent]).", "aside"),
        ("Im Programm wird mit [14.000 Anträgen] gerechnet.", "Im Programm sind [8.520 Anträge] da.",
         "planned against actual"),
        ("Die Miete beträgt [5 Euro] je Monat für eine Fläche von 95 m².",
         "Die Miete beträgt [3 Euro] je Monat für eine Fläche von 168 m².", "size"),
        ("Von den eingereichten 2.389 Anträgen waren insgesamt [291] erfolgreich.",
         "Es wurden insgesamt [2.453 Anträge] eingereicht.", "whole"),
        ("Es gab [136 Bescheide] im Hafen.",
         "Insgesamt wurden in allen Jahren [1.547 Bescheide] erteilt.",
         "in doubt: many times the number"),
    ],
)  # fmt: skip
def test_what_the_words_around_a_number_say(one: str, other: str, what: str) -> None:
    assert relate(marked(one), marked(other)).reasons[0][0] == what


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Der Abstand sank in den Jahren von [3,8 Prozent] auf 2 Prozent.", False),
        ("Der Abstand sank in den Jahren von 3,8 Prozent auf [2 Prozent].", True),
        ("Die Quote lag 2020 auf ähnlichem Niveau wie im Jahr 2019 mit [12,7 Prozent].", False),
    ],
)
def test_what_was_before_is_no_number_of_the_date(sentence: str, level: bool) -> None:
    assert has_level(replace(marked(sentence).claim, as_of="2020")) is level


def test_half_of_a_number_is_none() -> None:
    whole = marked("Es gab [127 Rufe] an Frauen.")
    half = replace(whole, claim=replace(whole.claim, start=whole.claim.start + 1, quote="27 Rufe"))
    assert relate(half, whole).reasons[0][0] == "reading"


def test_each_roadworks_is_one_of_its_own() -> None:
    title, said = "Baumaßnahmen auf der Seeallee", "Die Baukosten betragen {} Euro aus dem Programm für Schlaglöcher."
    assert not related((title, title), (said.format("140.000"), said.format("120.000"))).comparable
    assert related((title, title), (said.format("140.000"), said.format("140.000"))).comparable


def test_the_year_that_a_number_is_compared_with_is_not_its_own() -> None:
    told = marked("Gegenüber dem Vorjahr 2021 stieg die Summe von 655 Millionen Euro in 2021 auf [867 Millionen Euro].")
    assert not has_level(replace(told.claim, as_of="2021"))
    assert has_level(replace(told.claim, as_of="2022"))


def test_weeks_of_one_bulletin_are_surely_of_one_thing_in_whatever_words() -> None:
    said = (
        "Es standen 1.094 Plätze zur Verfügung, [902 Plätze] waren belegt.",
        "[980 Plätze] waren belegt, 131 blieben frei.",
    )
    titles = ("Aktuelle Plätze der Nachthilfe (53. KW 2020)", "Aktuelle Plätze der Nachthilfe (1. KW 2022)")
    held = {"subject": "Nachthilfe", "status": "operating", "predicate": "belegt"}
    one, other = (
        replace(each, claim=replace(each.claim, **held), title=title)
        for each, title in zip(map(marked, said), titles, strict=True)
    )
    assert relate(one, other).sure
    elsewhere = replace(
        other, claim=replace(other.claim, subject="Taghilfe"), title="Aktuelle Plätze der Taghilfe (2022)"
    )
    assert not relate(one, elsewhere).tells_change


def test_below_a_headline_that_expects_a_number_is_no_result() -> None:
    titles = ("Erfolg der Seenbühnen: volle Häuser erwartet", "Erfolg der Seenbühnen: volle Häuser")
    said = "Die Nachfrage nach den Seenbühnen zeigt sich in insgesamt {} Gastspielen."
    told = related(titles, (said.format(162), said.format(198)))
    assert not told.comparable and told.reasons[0][0] == "in doubt: expected"
    assert related((titles[1], titles[1]), (said.format(162), said.format(198))).comparable


def test_two_rounds_whose_like_headlines_name_their_months_are_two_points() -> None:
    titles = ("Ergebnisse der Seenförderung (ab März 2023)", "Ergebnisse der Seenförderung (ab Oktober 2023)")
    said = "Die Behörde vergibt in der Seenförderung Mittel für insgesamt {} Projekte."
    assert related(titles, (said.format(15), said.format(15))).kind == "same"
    assert related((titles[0], titles[0]), (said.format(15), said.format(15))).kind == "repeat"


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Auf unbefristeten Professuren sind [44 Prozent] Frauen.",
         "Auf befristeten Professuren sind [58 Prozent] Frauen.", "quality"),
        ("Der Anteil beträgt [5,00 €]/m² warm für die Gesamtfläche von 95,8 m².",
         "Der Anteil beträgt [4,09 €]/m² warm.", "in doubt: size"),
    ],
)  # fmt: skip
def test_denied_words_and_prices_by_area(one: str, other: str, what: str) -> None:
    assert relate(marked(one), marked(other)).reasons[0][0] == what


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Im Bezirk wurden zwei Käufe abgewendet (2021 berlinweit: 84; 2022: [4]).",
         "Im Bezirk wurden [zwei] Käufe abgewendet.", "all"),
        ("Im letzten Jahr bekamen [500 Kinder] ein Abzeichen.",
         "In diesem Jahr haben schon [510 Kinder] ein Abzeichen bekommen.", "in doubt: so far"),
        ("In Seedorf sind in den letzten zwei Jahren [30.000 Wohnungen] entstanden.",
         "In Seedorf sind [16.500 Wohnungen] entstanden.", "in doubt: span"),
        ("Der Preis wird in [drei Kategorien] für Betriebe sowie in der Kategorie Ausbildung vergeben.",
         "Der Preis wird in [vier Kategorien] vergeben.", "in doubt: part"),
        ("Die Miete beträgt 5,00 €/m² für eine Fläche von [95 m²].",
         "Die Miete beträgt 3,50 €/m² für eine Fläche von [168 m²].", "in doubt: size"),
    ],
)  # fmt: skip
def test_numbers_of_another_extent(one: str, other: str, what: str) -> None:
    assert relate(marked(one), marked(other)).reasons[0][0] == what


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Es waren [95 Mio. Euro] in den Bezirken.",
         "Es waren 134 Mio. Euro (90 für die Hauptverwaltung und [43 Mio. Euro] für Bezirke).", None),
        ("Es waren 455 in der Hauptverwaltung und [95 Mio. Euro] in den Bezirken.",
         "Es waren 134 Mio. Euro (davon [90 Mio. Euro] für Hauptverwaltungen und 43 für Bezirke).", "share"),
        ("Es waren [368 Mio. Euro] in der Hauptverwaltung.",
         "Es waren [134 Mio. Euro] (rund 90 für Hauptverwaltungen und rund 43 für Bezirke).", "share"),
    ],
)  # fmt: skip
def test_which_share_of_a_whole_stands_behind_the_number(one: str, other: str, what: str | None) -> None:
    reasons = relate(marked(one), marked(other)).reasons
    assert (reasons[0][0] == "share") is (what == "share")


def test_each_number_is_of_what_its_headline_and_its_sentence_name() -> None:
    titles = ("Regionalplan Seeland ist unwirksam", "Regionalplan Moorland ist unwirksam")
    said = "Das Gericht hat mit {} Urteilen den Regionalplan {} für unwirksam erklärt."
    kept = related(titles, (said.format(3, "Seeland"), said.format(4, "Moorland")))
    assert kept.reasons[0] == ("headline", "seeland", "moorland")
    assert related((titles[0], titles[0]), (said.format(3, "Seeland"), said.format(4, "Seeland"))).comparable


def test_headlines_that_each_name_something_of_their_own() -> None:
    one, other = "Drei Boote erhalten Seglerpreise des Hafens", "Fünf Boote erhalten Ruderpreise des Hafens"
    assert related((one, other), (one, other)).reasons[0][0] == "in doubt: headline"
    assert related((one, one.replace("Drei", "Fünf")), (one, one.replace("Drei", "Fünf"))).kind == "same"


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ("Der Hafen vergibt [drei viermonatige Stipendien].", "Der Hafen vergibt [drei achtmonatige Stipendien].",
         "quality"),
        ("Gezahlt wurden 30 Mio. Euro, davon 6 Mio. Euro an Werften und [4 Mio. Euro] an Schleusen.",
         "Gezahlt wurden 40 Mio. Euro, davon 7 Mio. Euro an Werften und [5 Mio. Euro] an Fähren.", "share"),
        ("In diesem Jahr erreichten [10 Prozent] die erweiterte Hafenreife.",
         "In diesem Jahr erreichten [12 Prozent] die Hafenreife.", "in doubt: quality"),
        ("In diesem Jahr erreichten [70 Prozent] das Patent.",
         "In diesem Jahr erreichten [48 Prozent] das Patent mit Berechtigung zur Ausfahrt.", "in doubt: part"),
        ("Ende des Jahres bezogen [48.688 Kinder] Unterhalt.",
         "Ende des Jahres bezogen [48.189 Kinder] und Jugendliche Unterhalt.", "in doubt: thing"),
        ("Von den Verstorbenen waren [95 Personen] 80 Jahre und älter.",
         "Von den Verstorbenen waren [32 Personen] 90 Jahre und älter.", "rank or age"),
        ("In den Sommer- und Herbstferien 2020 legten [492 Kinder] ein Abzeichen ab.",
         "In den Oster-, Sommer- und Herbstferien 2022 legten [500 Kinder] ein Abzeichen ab.", "in doubt: season"),
    ],
)  # fmt: skip
def test_which_kind_which_item_of_a_list_which_holidays(one: str, other: str, what: str) -> None:
    assert relate(marked(one), marked(other)).reasons[0][0] == what


@pytest.mark.parametrize(("before", "comparable"), [("7.947", True), ("7.092", False)])
def test_a_rise_that_is_told_is_from_the_number_of_the_year_before(before: str, comparable: bool) -> None:
    said = (
        "Die Zahl der Fähren stieg 2019 auf [{} Fähren].",
        "Die Zahl der Fähren stieg 2020 um 5,9 % auf [8.416 Fähren].",
    )
    found = relate(marked(said[0].format(before)), marked(said[1]))
    assert found.comparable == comparable, found.reasons
    assert comparable or found.reasons[0][0] == "change told"


def test_what_a_share_points_back_to_only_like_headlines_tell() -> None:
    said = "Das entspricht einer Quote von {} Prozent."
    titles = ("Seenpreis für eine Werft", "Fähren fahren wieder über den See")
    assert related(titles, (said.format("5,5"), said.format("6,0"))).reasons[0][0] == "in doubt: thing"
    assert related((titles[0], titles[0]), (said.format("5,5"), said.format("6,0"))).comparable


def test_the_year_of_one_sentence_and_that_of_the_other_headline_are_two_editions() -> None:
    titles = ("Seenpreis 2019 für junge Leute vergeben", "Seenpreis 2021 für junge Leute vergeben")
    said = "Mehr als 170 Leute haben sich um den Seenpreis beworben."
    one, other = (stated(title, said, day) for title, day in zip(titles, ("2019-03-01", "2021-03-01"), strict=True))
    other = replace(other, claim=replace(other.claim, as_of="2021"))
    assert relate(one, other).kind == "same"
    assert relate(replace(one, title=titles[1]), other).kind == "repeat"


def test_the_current_round_is_that_of_its_release() -> None:
    said = "Im Programm „Neuer Hafen“ wurden in der aktuellen Auswahlrunde insgesamt {} Anträge bewilligt."
    titles = ("Gelder für das Programm „Neuer Hafen“", "Gelder für die Stege am Ufer")
    assert related(titles, (said.format(291), said.format(222))).reasons[0][0] == "in doubt: which of a kind"
    assert related((titles[0], titles[0]), (said.format(291), said.format(222))).comparable


def test_a_headline_about_a_site_is_about_one_site() -> None:
    said = "Hier entstehen {} neue Kita-Plätze für Kinder."
    found = related(
        ("Grundsteinlegung für neue Kita-Plätze", "Neue Kita-Plätze am See"), (said.format(71), said.format(100))
    )
    assert found.reasons[0][0] == "in doubt: which works"


@pytest.mark.parametrize(
    ("sentence", "as_of"),
    [
        ("Die Mittel lagen mit [80 Prozent] unter denen des Vorjahres (2018: 81,7 Prozent).", "2017"),
        ("Damit liegt die Quote mit [96,5 Prozent] auf dem Niveau des Vorjahres.", "2021"),
        ("Die Zahl steigt seit 2017 ([1.206 Boote]) auf zuletzt 1.776 im Jahr 2021.", "2021"),
        ("Dabei haben [97 Prozent] (2019: 96 Prozent) den Abschluss.", "2019"),
        ("Ihre Zahl legte gegenüber 2018 um 3,8 % auf [2.831 Boote] zu.", "2017"),
        ("Nahmen anfangs [214 Schulen] teil, so sind es jetzt 269.", "2022"),
        ("2018 waren es 31 Mio. Euro (2017: 30 Mio. Euro), davon 6 Mio. Euro ([5 Mio. Euro]) für Werften.", "2018"),
    ],
)
def test_what_another_year_has_is_no_number_of_the_date(sentence: str, as_of: str) -> None:
    assert not has_level(replace(marked(sentence).claim, as_of=as_of))


def test_a_number_that_is_more_than_a_year_ago_is_of_this_year() -> None:
    told = marked("Ihre Zahl stieg auf [1.198 Boote], ein Plus von 11 Prozent gegenüber 2016.").claim
    assert year_told(replace(told, as_of=None)) == "2017"
    assert year_told(replace(told, as_of="2018")) is None


def test_a_formula_is_of_what_its_headline_says() -> None:
    said = "Die Auswahl aus {} Anträgen erfolgte durch eine unabhängige Jury."
    told = [
        ("Stipendien für Tanz vergeben", 527, "2024-06-10"),
        ("Preise der Seenfreunde verliehen", 40, "2024-06-12"),
        ("Stipendien für Tanz vergeben", 343, "2025-06-10"),
        ("Stipendien für Musik vergeben", 120, "2025-06-10"),
    ]
    statements = [stated(title, said.format(number), day) for title, number, day in told]
    days = [date.fromisoformat(day) for _, _, day in told]
    kin = Kin(statements, ["a", "b", "c", "d"], days)
    assert kin.named_alike(0, 2) and not kin.named_alike(0, 3) and not kin.named_alike(0, 1)
    alone = Kin([statements[0], statements[3]], ["a", "d"], [days[0], days[3]])
    assert alone.named_alike(0, 1)


def test_a_change_is_told_where_more_speaks_for_it_than_for_a_likeness() -> None:
    said = "Im Hafen liegen {} Boote."
    one, other = (
        stated("Hafen", said.format(number), day) for number, day in ((120, "2023-03-01"), (95, "2024-03-01"))
    )
    loosely, surely = (relate(one, other, Scorer({}, bias, 0.74, 0.79)) for bias in (1.1, 1.5))
    assert loosely.comparable and not loosely.tells_change
    assert surely.comparable and surely.tells_change


def test_what_an_interim_report_sums_up_is_less_than_the_whole_time() -> None:
    sentences = ("Es sind insgesamt 748 Prüfungen erfolgt.", "Es sind insgesamt 907 Prüfungen erfolgt.")
    assert related(("Bilanz der Prüfungen", "Bilanz der Prüfungen"), sentences).comparable
    assert not related(("Zwischenbericht zu den Prüfungen", "Bilanz der Prüfungen"), sentences).comparable


def test_what_a_decision_grants_for_each_of_its_years_is_not_all_there_is_for_them() -> None:
    titles = ("Ergebnis der Auswahl für Häfen", "Ergebnis der Auswahl für Häfen")
    split = "Das Land vergibt für {} rund {} Euro und für {} rund 900.000 Euro an Häfen."
    whole = "Das Land vergibt für {} rund {} Euro an Häfen."
    first, second = ("2023", "300.000", "2024"), ("2024", "700.000", "2025")
    assert not related(titles, (split.format(*first), split.format(*second))).comparable
    assert related(titles, (whole.format(*first), whole.format(*second))).comparable
