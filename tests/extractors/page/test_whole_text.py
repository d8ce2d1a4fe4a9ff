"""What is text and easily lost, and what of it nobody sees: each kind of page with the right value."""

import pytest

from tests.support.traps import BODY, DATED, FIRST, SECOND, by_selectors, main, parts, read


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


def test_text_that_is_hidden_beside_what_is_shown_is_told() -> None:
    told = "Im zweiten Abschnitt sind 12 von 17 Kränen fertig."
    release = main(f"{DATED}{BODY}<div style='display:none'><p>{told}</p></div>")
    assert parts(release) == [FIRST, SECOND]
    assert [warning for warning in release.warnings if told in warning]
    again = main(f"{DATED}{BODY}<div style='display:none'>{BODY}</div>")
    assert again.warnings == main(f"{DATED}{BODY}").warnings


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
