"""Which heading is the headline, and which day that of publication: each kind of page with the right value."""

import pytest

from tests.support.traps import BODY, DATED, FIRST, SECOND, URL, by_selectors, day, main, parts, read


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
