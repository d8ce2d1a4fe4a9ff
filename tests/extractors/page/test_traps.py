"""Pages on which readers lose text, take the wrong day or read what nobody sees: each kind with the right value."""

from typing import Any

import pytest

from extractors.page import page_record, read_page
from models.release import Release
from models.source import Source

URL = "https://m.example/presse/hafen"
FIRST = (
    "Das Land gibt im kommenden Jahr 12,5 Millionen Euro für den Ausbau der 48 Häfen, sagte die Ministerin am Dienstag."
)
SECOND = (
    "Die Städte können Anträge bis Ende März stellen; im vergangenen Jahr wurden 31 Vorhaben mit 8,2 Millionen "
    "Euro bezahlt."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"
DATED = "<p>23.04.2024</p>"


def read(markup: str, head: str = "<title>Häfen werden ausgebaut</title>", url: str = URL) -> Release:
    return read_page(f"<html lang=de><head>{head}</head><body>{markup}</body></html>".encode(), url=url)


def main(markup: str, **options: Any) -> Release:
    return read(f"<main><h1>Häfen werden ausgebaut</h1>{markup}</main>", **options)


def parts(release: Release) -> list[str]:
    return [release.text[part.start : part.end] for part in release.paragraphs]


def day(release: Release) -> str:
    return str(page_record(release)["published"] or "")[:10]


def by_selectors(markup: str, **selectors: Any) -> Release:
    layout = {"name": "now", "selectors": {"title": "h1", "body": "div.text", **selectors}}
    office = Source.model_validate({
        "id": "m", "publisher": "Ministerium", "level": "land", "state": "NW", "homepage": "https://m.example/",
        "hosts": ["m.example"], "family": "own", "verified": "never", "feeds": ["https://m.example/feed"],
        "layouts": [layout],
    })  # fmt: skip
    page = (
        f"<html lang=de><head><title>Häfen</title><meta name=date content='23.04.2024'></head><body>"
        f"{markup}</body></html>"
    )
    return read_page(page.encode(), url=URL, source=office)


# What is text


@pytest.mark.parametrize(
    "line",
    [
        "Die Staatsanwaltschaft hat gestern (22. April 2024) den",
        "Die Antragsfrist endet am 30. Juni 2024",
        "Antragsschluss 30. Juni 2024",
        "Es gilt ab 1. Juli 2024",
    ],
)
def test_a_short_line_with_a_day_stays_at_either_end(line: str) -> None:
    assert parts(main(f"{DATED}<p>{line}</p>{BODY}"))[0] == line
    assert parts(main(f"{DATED}{BODY}<p>{line}</p>"))[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "23.04.2024",
        "Düsseldorf, den 23. April 2024",
        "Pressemitteilung Nr. 12/2024 vom 23. April 2024",
        "23.04.2024, 11:05 Uhr — Erstveröffentlichung (aktuell)",
        "Pressemitteilung23. April 2024Nr. 021/2024",
    ],
)
def test_a_line_that_only_dates_the_page_goes(line: str) -> None:
    assert parts(main(f"<p>{line}</p>{BODY}<p>{line}</p>")) == [FIRST, SECOND]


def test_a_bold_line_before_a_heading_or_at_the_end_is_a_paragraph() -> None:
    note = "Gericht Musterstadt, Beschluss vom 22. März 2024, Az. 8 K 2/23"
    number = "Insgesamt sind 31 von 48 Vorhaben abgeschlossen"
    release = main(
        f"{DATED}{BODY}<p><strong>{note}</strong></p><h2>Erläuterungen</h2><p>{SECOND} Mehr folgt.</p><p><b>"
        f"{number}</b></p>"
    )
    roles = [part.role for part in release.paragraphs]
    assert (parts(release)[2], roles[2]) == (note, "paragraph")
    assert (parts(release)[-1], roles[-1]) == (number, "paragraph")


def test_a_heading_over_nothing_goes_unless_it_tells_a_number() -> None:
    assert parts(main(f"{DATED}{BODY}<h3>Downloads zum Thema</h3>")) == [FIRST, SECOND]
    told = "31 von 48 Vorhaben im Land sind fertig"
    assert parts(main(f"{DATED}{BODY}<h3>{told}</h3>"))[-1] == told


def test_a_sub_headline_above_the_column_is_kept() -> None:
    line = "Behörde ermittelt gegen 14 Beschuldigte wegen des Verdachts auf Betrug in Höhe von 3,2 Millionen Euro"
    release = main(
        f"<p>04.02.2026, 11:05 Uhr</p><div class=row><div><div class=row><h2>{line}</h2><div class=col>{BODY}</div>"
        f"</div></div></div>"
    )
    assert parts(release) == [line, FIRST, SECOND]


def test_a_short_first_paragraph_is_kept() -> None:
    assert parts(main(f"{DATED}<p>2G+-Regeln im Landtag</p>{BODY}"))[0] == "2G+-Regeln im Landtag"
    assert parts(main(f"<p class=topline>Verkehr und Häfen</p>{DATED}{BODY}"))[0] == FIRST


def test_a_second_part_beside_the_column_is_text_too() -> None:
    told = "Zwei weitere Häfen mit zusammen 17 Kränen werden erst im Jahr 2027 an die Bahn angeschlossen."
    release = read(
        f"<main><h1>Häfen werden ausgebaut</h1>{DATED}<div><div>{BODY * 3}</div></div><div class=extra><div><p>"
        f"{told}</p></div></div></main>"
    )
    assert told in release.text


def test_what_is_left_out_is_told() -> None:
    lost = "Von 17 Kränen im Hafen sind 12 fertig, die übrigen fünf folgen im Jahr 2026."
    page = (
        f"<main><h1>Häfen werden ausgebaut</h1><div class=text>{BODY}</div><div class=more><p>{lost}</p></div></main>"
    )
    assert [warning for warning in by_selectors(page).warnings if lost in warning]
    whole = f"<main><h1>Häfen werden ausgebaut</h1><div class=text>{BODY}<p>{lost}</p></div></main>"
    assert by_selectors(whole).warnings == ()


@pytest.mark.parametrize("hidden", ["d-none", "show-for-sr", "element-invisible", "u-hidden-content", "box --hidden"])
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert parts(main(f"{DATED}{BODY}<p class='{hidden}'>Es folgen 3 weitere Angebote des Hauses.</p>")) == [
        FIRST,
        SECOND,
    ]
    assert parts(main(f"{DATED}{BODY}<p class='d-none d-md-block'>Es folgen 3 Häfen im Norden.</p>"))[2:] != []


def test_what_only_its_name_condemned_is_told() -> None:
    box = "<div class=sidebar><p>Im Hafen liegen 17 Kräne, von denen 12 fertig sind.</p></div>"
    release = main(f"{DATED}{BODY}{box}")
    assert parts(release) == [FIRST, SECOND]
    assert [warning for warning in release.warnings if "17 Kräne" in warning]


def test_nested_bodies_are_read_once() -> None:
    page = (
        f"<main><h1>Häfen werden ausgebaut</h1><div class=text><p>Es geht los.</p><div class=text>{BODY}</div>"
        f"</div></main>"
    )
    release = by_selectors(page, body={"css": "div.text", "count": "1+"})
    assert parts(release) == ["Es geht los.", FIRST, SECOND]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<span class=n data-start-number="0" data-target-number="340">0</span> Kilometer', "340 Kilometer"),
        ('<b data-count="15.600">14500</b> Menschen', "15.600 Menschen"),
        ('<span data-id="77">12</span> Kräne', "12 Kräne"),
        ("42<sup>1</sup> Häfen", "42 Häfen"),
        ("42<sup><a href='#fn1'>[1]</a></sup> Häfen", "42 Häfen"),
        ("42<a class=footnote href='#fn1'>1</a> Häfen", "42 Häfen"),
        ("3·10<sup>3</sup> Gäste", "3·10³ Gäste"),
        ("120 m<sup>2</sup> und 4 km<sup>2</sup>", "120 m² und 4 km²"),
        ("CO<sub>2</sub> und der 1<sup>er</sup> Cru", "CO2 und der 1er Cru"),
        ("<s>30</s> 25 Millionen", "25 Millionen"),
        ("<del>30</del> 25 Millionen", "25 Millionen"),
        (
            'Antrag (<a href="/a.pdf">20/8228<span class="l --hidden">(Dokument, öffnet neu)</span></a>)',
            "Antrag (20/8228)",
        ),
    ],
)
def test_the_text_is_what_is_seen(markup: str, shown: str) -> None:
    sentence = "so steht es im Bericht des Landes über die Häfen im vergangenen Jahr."
    assert parts(main(f"{DATED}{BODY}<p>{markup}, {sentence}</p>"))[-1] == f"{shown}, {sentence}"
    table = f"<table><tr><th>Jahr</th><th>Wert</th></tr><tr><td>2024</td><td>{markup}</td></tr></table>"
    assert parts(main(f"{DATED}{BODY}{table}"))[-1] == f"2024 | {shown}"


def test_a_number_that_a_script_counts_up_to_an_unknown_end_is_told() -> None:
    release = main(f"{DATED}<p><span class='js-animate-number'>0</span> Kilometer wurden im Jahr gebaut.</p>{BODY}")
    assert [warning for warning in release.warnings if "script" in warning]


@pytest.mark.parametrize("box", ["<div hidden class=content>", "<div style='visibility:hidden'>"])
def test_text_that_a_script_uncovers_is_read_and_told(box: str) -> None:
    release = main(f"{DATED}{box}{BODY}</div>")
    assert parts(release) == [FIRST, SECOND]
    assert [warning for warning in release.warnings if "hides" in warning]


# Headline and day


def test_a_day_in_the_headline_is_split_off_and_taken() -> None:
    title = "Jahresbericht 2024 vorgestellt: Zahl der Vorhaben steigt"
    release = read(
        f"<main><h1><span>{title}</span> <span class=top><span class=aural>Erscheinungstag: </span>10.06.2025</span>"
        f"</h1>{BODY}</main>",
        head=f"<meta property=og:title content='{title}'><meta property=og:updated_time content=2026-05-11>",
    )
    assert (release.title, day(release)) == (title, "2025-06-10")


def test_a_line_with_day_and_number_in_the_headline_is_split_off() -> None:
    release = read(
        "<main><h1>31 Häfen sind fertig <span class=c-topline>: <span class=aural>Datum:</span> <time "
        "datetime=2024-04-23>23.04.2024"
        f"</time> <span>Pressemitteilung: 6/2024</span></span></h1>{BODY}</main>",
        head="<title>Presse - 31 Häfen sind fertig</title>",
    )
    assert (release.title, release.kicker, day(release)) == ("31 Häfen sind fertig", None, "2024-04-23")


def test_a_heading_that_numbers_and_dates_is_no_headline() -> None:
    release = read(
        "<main><h2 class=h1>Pressemitteilung <span>Nr. 54/2025 vom 22.07.2025</span></h2><h2>Keine Zulassung für 3 "
        "Häfen</h2>"
        f"<p>Das Gericht hat mit Beschlüssen vom 20. Mai 2025 entschieden.</p>{BODY}<p>BVerwG 6 B 21.24 - Beschluss "
        f"vom 20. Mai 2025</p>"
        "<p>OVG Musterstadt, OVG 6 A 5.23 - Urteil vom 13. Mai 2024</p></main>",
        head="<title>Gericht</title>",
    )
    assert (release.title, day(release), release.date_method) == ("Keine Zulassung für 3 Häfen", "2025-07-22", "label")


def test_the_name_of_a_section_is_no_headline() -> None:
    release = read(
        f"<main><h1>Pressemitteilungen</h1><article><h2>31 Häfen sind fertig</h2>{DATED}{BODY}</article></main>",
        head="<title>Ministerium für Verkehr</title>",
    )
    assert release.title == "31 Häfen sind fertig"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (
            "<header><h1><a href='/'>Ministerium für Verkehr</a></h1></header><main><h2>31 Häfen sind fertig</h2>",
            "Verkehr",
        ),
        ("<main><h1>Detailansicht</h1><h2>31 Häfen sind fertig</h2>", "Ministerium - Detailansicht"),
        ("<main><h1><span class=dachzeile>Verkehr</span> 31 Häfen sind fertig</h1>", "Presse"),
    ],
)
def test_the_name_of_site_page_or_topic_is_no_headline(markup: str, title: str) -> None:
    release = read(f"{markup}{DATED}{BODY}</main>", head=f"<title>{title}</title>")
    assert release.title == "31 Häfen sind fertig"


def test_a_hidden_heading_decides_which_line_is_the_headline() -> None:
    release = read(
        "<main><header><h1 class=bpa-accessibility>31 Häfen sind fertig</h1><div><span class=top>Ausbau der "
        "Häfen</span>"
        f"<span class=teaser>31 Häfen sind fertig</span></div></header>{DATED}{BODY}</main>",
        head="<title>Ausbau der Häfen</title><meta property=og:title content='Ausbau der Häfen'>",
    )
    assert release.title == "31 Häfen sind fertig"


@pytest.mark.parametrize("topline", ["Pressemitteilung   vom 23.04.2024", "Dokumenttyp: Pressemitteilung, Nr. 44/2026"])
def test_kind_and_number_are_no_kicker(topline: str) -> None:
    release = main(f"<p class=c-topline>{topline}</p>{DATED}{BODY}")
    assert release.kicker is None


def test_the_day_of_a_decision_is_text_and_no_publication() -> None:
    release = main(f"<p>Beschluss vom 5. Juni 2026</p><p>1 BvR 123/24</p>{BODY}")
    assert parts(release) == ["Beschluss vom 5. Juni 2026", "1 BvR 123/24", FIRST, SECOND]
    assert day(release) == ""
    release = main(f"<p>Pressemitteilung Nr. 54/2026 vom 22. Juli 2026</p><p>Beschluss vom 5. Juni 2026</p>{BODY}")
    assert (parts(release)[0], day(release)) == ("Beschluss vom 5. Juni 2026", "2026-07-22")


def test_a_selector_that_finds_no_day_leaves_the_search_to_the_page() -> None:
    page = f"<main><h1>Häfen werden ausgebaut</h1><div class=text>{BODY}</div></main>"
    assert day(by_selectors(page, date={"css": ".day", "count": "0-1"})) == "2024-04-23"


@pytest.mark.parametrize(
    ("markup", "head", "url", "expected"),
    [
        ("", "", URL, ""),
        ("<p>Die Ministerin, geboren am 25.02.1970, war 2023 in 12 Häfen zu Gast.</p>", "", URL, ""),
        ("", "<meta property=og:updated_time content=2024-05-11>", URL, ""),
        ("", "<meta property=article:modified_time content=2024-05-11T10:00:00>", URL, ""),
        ("<p>Zuletzt aktualisiert: 11.05.2024</p>", "", URL, ""),
        ("", "", "https://m.example/frist-bis-2024-12-31-verlaengert", ""),
        ("", "", "https://m.example/klimaziel-2020-10-31-bilanz", ""),
        ("", "", "https://m.example/2024/04/23/hafen", "2024-04-23"),
        ("", "", "https://m.example/pm-2024-04-23-hafen", "2024-04-23"),
        ("<p>Aktualisiert: 25.04.2024 – Veröffentlicht: 23.04.2024</p>", "", URL, "2024-04-23"),
        ("<p>Erscheinungstag: 23.04.2024</p><p>Weitere Daten: 12.01.2020</p>", "", URL, "2024-04-23"),
        ("<p>Publiziert am 23 April 2024</p>", "", URL, "2024-04-23"),
        ("<span itemprop=datePublished content=2024-04-23>heute</span>", "", URL, "2024-04-23"),
        ("<p>Aktualisiert: <time datetime=2024-04-25>x</time>, veröffentlicht: <time datetime=2024-04-23>y</time>"
         "</p>", "",
         URL, "2024-04-23"),
        ("<time class=updated datetime=2024-04-25>x</time><time class=published datetime=2024-04-23>y</time>", "", URL,
         "2024-04-23"),
        ("<aside><h3>Datum</h3><p>23.04.2024</p></aside>", "", URL, "2024-04-23"),
        ("<ul><li><a href=/a>Andere</a> 01.02.2024</li><li><a href=/b>Noch eine</a> 02.02.2024</li></ul>", "", URL, ""),
        ("<div class=date><span>23</span><span>Apr</span><span>2024</span></div>", "", URL, "2024-04-23"),
        ("<p class=docData><b>Ausgabejahr</b> 2024<br><b>Datum</b> 23.04.2024</p>", "", URL, "2024-04-23"),
        ("", '<script type=application/ld+json>{"@graph": [{"@type": "WebSite", "datePublished": "2011-01-01"},'
         '{"@type": "NewsArticle", "datePublished": "2024-04-23"}]}</script>', URL, "2024-04-23"),
        ("", '<script type=application/ld+json>{"@type": "NewsArticle", "image": {"@type": "ImageObject",'
         '"datePublished": "2022-05-05"}, "datePublished": "2024-04-23"}</script>', URL, "2024-04-23"),
        ("", '<script type=application/ld+json>{"@type": "Article", "datePublished": "2024-04-23",</script>', URL,
         "2024-04-23"),
    ],
)  # fmt: skip
def test_the_day_is_that_of_publication_or_none(markup: str, head: str, url: str, expected: str) -> None:
    foot = "<footer><p>© 2019 Ministerium</p></footer>"
    release = read(
        f"<main><h1>Häfen werden ausgebaut</h1>{markup}{BODY}</main>{foot}",
        head=f"<title>Häfen werden ausgebaut</title>{head}",
        url=url,
    )
    assert day(release) == expected


# What is no text, and whom to call


def test_a_contact_whose_numbers_are_links_is_one() -> None:
    release = main(
        f"{DATED}{BODY}<article class=kontakt><div><p>Pressesprecherin</p></div><div><p>Dr. Erika Muster</p></div>"
        f"<div><p>Telefon</p></div>"
        "<div><a href='tel:+49690'>+49 69 1367 0000</a></div><div><a href='mailto:p@g.example'>p@g.example.de</a>"
        "</div></article>"
    )
    assert parts(release) == [FIRST, SECOND]
    assert release.contact == "Pressesprecherin\nDr. Erika Muster\nTelefon\n+49 69 1367 0000\np@g.example.de"


def test_a_contact_beside_the_text_has_lines() -> None:
    box = (
        "<h3>Kontakt</h3><div>Amt für Häfen</div><div>Max Muster</div><div>Telefon: +49 341 2136 757</div><div>"
        "Telefax: 1</div>"
    )
    release = main(f"{DATED}{BODY}</main><aside>{box}</aside><main>")
    assert release.contact == "Kontakt\nAmt für Häfen\nMax Muster\nTelefon: +49 341 2136 757\nTelefax: 1"


def test_the_foot_of_the_site_is_no_press_contact() -> None:
    release = main(
        f"{DATED}{BODY}</main><div class=footer><div><h3>Kontakt</h3><p>Telefon: 0211 1234</p></div></div><main>"
    )
    assert release.contact is None


def test_an_imprint_in_one_block_is_a_contact() -> None:
    imprint = (
        "V.i.S.d.P. Bundesministerium für Häfen, Pressestelle, Am Ufer 9, 10115 Berlin, verantwortlich für den "
        "Inhalt: Erika Muster, "
        "Telefon 030 1234-5678, E-Mail presse@hafen.example, im Netz unter hafen.example zu finden"
    )
    release = main(f"{DATED}{BODY}<p>{imprint}</p>")
    assert (parts(release), release.contact) == ([FIRST, SECOND], imprint)


def test_a_contact_is_read_without_what_nobody_sees() -> None:
    page = (
        f"<main><h1>Häfen</h1><div class=text>{BODY}</div><div class=who><svg><title>icon_kontakt</title></svg>"
        f"<span class=aural>Es folgt "
        "die Spalte</span>Jana Beispiel<br>Tel. 0211 1234</div></main>"
    )
    assert by_selectors(page, contact="div.who").contact == "Jana Beispiel\nTel. 0211 1234"


LINES = (
    "Seite drucken", "Auf X teilen", "Bild herunterladen", "Jetzt abonnieren", "Nächste Meldung", "Impressum", "© dpa",
    "Alle Pressemitteilungen", "Direkt zum Inhalt", "Leichte Sprache", "Weiterführende Links", "Anhang", "Nr. 54/2024",
    "Weitere Informationen", "Sie sind hier: Startseite > Presse", "Pressemitteilung als PDF", "Kategorie: Verkehr",
    "2 Minuten Lesezeit", "Kommentare (3)", "Es gilt das gesprochene Wort", "War diese Seite hilfreich?",
    "erstellt am: 12.03.2024",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("element", ["p", "div", "li", "b"])
def test_lines_of_the_site_are_no_text(line: str, element: str) -> None:
    around = {"li": "<ul><li>{}</li></ul>", "b": "<p><b>{}</b></p>"}.get(element, f"<{element}>{{}}</{element}>")
    assert parts(main(f"{DATED}{BODY}{around.format(line)}")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Region: 31 Brücken",
        "Themen: 12 von 14 sind erledigt",
        "31 von 48 Seiten",
        "Bereich Verkehr",
        "Suche nach 3 Vermissten",
    ],
)
def test_lines_that_look_like_the_sites_are_text(line: str) -> None:
    assert parts(main(f"{DATED}{BODY}<ul><li>{line}</li></ul>"))[-1] == line


@pytest.mark.parametrize(
    "markup",
    [
        "<section><header><h2>Weitere Inhalte</h2></header><article class=t><div><header><div><span>Dossier "
        "Verkehr</span></div>"
        "<h3><a href=/a>Kräne</a></h3></header><p>Im Jahr 2019 wurden in 12 Städten 340 Kräne gebaut. Was "
        "folgte…</p></div></article></section>",
        "<article><ul><li><div><a href=/f.pdf>Hinweise (PDF/238.61 KB)</a></div><div><p>Datei ist nicht "
        "barrierefrei.</p></div></li></ul></article>",
        "<p>Das könnte Sie auch interessieren: <a href=/x>99 Brücken im Norden gesperrt</a></p>",
        "<p>Dieser Artikel wurde 1.204 Mal gelesen.</p>",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_no_text(markup: str) -> None:
    release = main(f"{DATED}{BODY}{markup}")
    assert parts(release) == [FIRST, SECOND]
    assert release.warnings == ()
