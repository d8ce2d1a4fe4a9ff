"""What stands on a page and is no text of its release, and whom the release tells to call."""

import pytest

from tests.support.traps import BODY, DATED, FIRST, SECOND, by_selectors, main, parts


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
        "<div><p>Diese Website verwendet Cookies. Mit der Nutzung stimmen Sie dem zu.</p></div>",
        "<ul class=teaserlist><li><a href=/a>Brücke im Süden</a><p>Die Brücke bleibt bis Mai 2026 gesperrt, hieß "
        "es.</p></li></ul>",
        "<div class=author-box><p>Pressestelle des Ministeriums für Verkehr</p></div>",
        "<p>Dieser Artikel wurde 1.204 Mal gelesen.</p>",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_no_text(markup: str) -> None:
    release = main(f"{DATED}{BODY}{markup}")
    assert parts(release) == [FIRST, SECOND]
    assert release.warnings == ()
