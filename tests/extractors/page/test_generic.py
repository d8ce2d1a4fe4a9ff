"""The generic reading, on pages built as the common content management systems build them."""

from datetime import UTC, datetime

import pytest

from extractors.page import digits_kept, page_record, read_page
from models.errors import UnreadablePage
from models.release import Release

URL = "https://ministerium.example/presse/2024/hafen.html"
FETCHED = datetime(2024, 6, 1, 12, tzinfo=UTC)

FIRST = "Das Land beteiligt sich mit 12,5 Millionen Euro am Ausbau des Hafens, den die Stadt seit 2019 betreibt."
SECOND = "Von den 40 Liegeplätzen sind 31 fertig. Die übrigen neun sollen nach Angaben der Stadt bis Ende 2025 folgen."
THIRD = (
    "Der Hafen ist für die Region der wichtigste Umschlagplatz, sagte Verkehrsministerin Ravensberg bei einem Besuch."
)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
MENU = "<ul>" + "".join(f'<li><a href="/t{n}">Thema {n} des Ministeriums</a></li>' for n in range(30)) + "</ul>"


def read(markup: str, head: str = "<title>Hafen wird ausgebaut - Ministerium</title>", url: str = URL) -> Release:
    document = f"<!DOCTYPE html><html lang='de'><head>{head}</head><body>{markup}</body></html>"
    return read_page(document.encode(), url=url, fetched_at=FETCHED)


def texts(release: Release) -> list[str]:
    return [release.text[part.start : part.end] for part in release.paragraphs]


def roles(release: Release) -> list[str]:
    return [part.role for part in release.paragraphs]


GSB = f"""
<div id="wrapper"><h1 class="aural">Navigation und Service</h1>
<div id="header"><div id="navPrimary" class="menu">{MENU}</div></div>
<div id="main"><div id="content" class="large-8">
  <h1 class="withDate"><span class="topline"><span class="date">21.05.2024</span></span>Hafen wird aus\xadgebaut</h1>
  {BODY}
  <div class="sectionRelated"><h2>Mitteilung als PDF</h2>
    <ul><li><a href="/hafen.pdf?__blob=publicationFile">Hafen wird ausgebaut (PDF, 298KB)</a></li></ul></div>
</div><div id="supplement"><h3>Weitere Informationen</h3>{MENU}</div></div>
<div id="footer"><h1 class="aural">Fußbereich</h1>
<p>Service-Telefon 0211 1234, wochentags von 8 bis 18 Uhr für alle Fragen.</p>
</div></div>"""

DRUPAL = f"""
<header role="banner"><h1 class="visually-hidden">Hafen wird ausgebaut | Ministerium</h1><nav>{MENU}</nav></header>
<main role="main"><article class="node node--type-press-release">
  <h2 class="node__title">Hafen wird ausgebaut</h2>
  <div class="field--name-field-date"><time datetime="2024-05-21T10:00:00Z">21.05.2024</time></div>
  <div class="field--name-body">{BODY}</div>
  <div class="node__share"><h6>Teilen:</h6><a href="#">Facebook</a>
    <span>Danke für Ihr Interesse.</span></div>
</article>
<section><h2>Weitere Meldungen</h2><div class="views-row"><h3><a href="/a">Schleuse gesperrt</a></h3>
  <p>Die Schleuse an der Mündung bleibt wegen Bauarbeiten bis auf Weiteres für alle Schiffe gesperrt.</p>
  <time datetime="2024-05-30">30.05.2024</time></div></section></main>
<footer>Impressum</footer>"""

TYPO3 = f"""
<div class="page"><div class="nav-main">{MENU}</div>
<div class="news news-single"><div class="article">
  <h3 itemprop="headline">Hafen wird ausgebaut</h3>
  <div class="footer"><p><time itemprop="datePublished" datetime="2024-05-21">21.05.2024</time> Verkehr</p></div>
  <div class="teaser-text" itemprop="description"><p>{FIRST}</p></div>
  <div class="news-text-wrap" itemprop="articleBody"><p>{SECOND}</p><p>{THIRD}</p></div>
  <p class="news-img-caption">Der Hafen von oben</p>
</div></div></div>"""

ASP = f"""
<form action="/"><table><tr><td>{MENU}</td><td>
  <b>21. Mai 2024</b><br><h1>Hafen wird ausgebaut</h1>
  {FIRST}<br><br>{SECOND}<br><br>{THIRD}<br>
</td></tr></table></form>"""


@pytest.mark.parametrize("markup", [GSB, DRUPAL, TYPO3, ASP], ids=["gsb", "drupal", "typo3", "layout table"])
def test_release_is_read_whatever_the_site_is_built_with(markup: str) -> None:
    release = read(markup)
    assert release.title == "Hafen wird ausgebaut"
    assert texts(release) == [FIRST, SECOND, THIRD]
    assert page_record(release)["published"][:10] == "2024-05-21"
    assert release.generic


def test_lead_between_headline_and_body_is_kept() -> None:
    release = read(
        f"<main><div><h1>Hafen wird ausgebaut</h1><p class='intro'>{FIRST}</p></div>"
        f"<div><p>{SECOND}</p>{BODY}</div></main>"
    )
    assert texts(release)[:2] == [FIRST, SECOND]
    assert roles(release)[0] == "lead"


def test_teaser_that_repeats_the_first_paragraph_stands_once() -> None:
    teaser = FIRST[:80] + " …"
    release = read(f"<main><h1>Hafen wird ausgebaut</h1><p class='teaser'>{teaser}</p>{BODY}</main>")
    assert texts(release) == [FIRST, SECOND, THIRD]


def test_roles_of_paragraphs() -> None:
    release = read(f"""<article><h1>Hafen wird ausgebaut</h1><p><strong>{FIRST}</strong></p>
      <h2>Stand der Arbeiten</h2><p>{SECOND}</p><blockquote><p>„Es geht voran.“</p></blockquote>
      <p><b>Zahlen zum Hafen</b></p><ul><li>31 Liegeplätze</li><li>4 Kräne</li></ul>
      <figure><img src="x.jpg">
      <figcaption>Die Ministerin eröffnet den neuen Kai im Hafen. Foto: Pressestelle</figcaption></figure>
      <table><tr><th>Jahr</th><th>Umschlag</th></tr><tr><td>2023</td><td>1.250 t</td></tr></table>
      <p>{THIRD}</p></article>""")
    assert list(zip(roles(release), texts(release), strict=True)) == [
        ("lead", FIRST),
        ("heading", "Stand der Arbeiten"),
        ("paragraph", SECOND),
        ("quote", "„Es geht voran.“"),
        ("heading", "Zahlen zum Hafen"),
        ("list_item", "31 Liegeplätze"),
        ("list_item", "4 Kräne"),
        ("caption", "Die Ministerin eröffnet den neuen Kai im Hafen."),
        ("table_cell", "Jahr | Umschlag"),
        ("table_cell", "2023 | 1.250 t"),
        ("paragraph", THIRD),
    ]


def test_line_breaks_part_paragraphs_and_dashed_lists() -> None:
    release = read(
        f"<main><h1>Hafen wird ausgebaut</h1><p>{FIRST}<br>Gebaut werden:<br>- 31 Plätze<br>- 4 Kräne</p>{BODY}</main>"
    )
    assert texts(release)[1:3] == ["- 31 Plätze", "- 4 Kräne"]


def test_text_is_title_and_paragraphs_parted_by_empty_lines() -> None:
    release = read(f"<main><h1>Hafen wird ausgebaut</h1>{BODY}</main>")
    assert release.text == "\n\n".join(["Hafen wird ausgebaut", FIRST, SECOND, THIRD])


@pytest.mark.parametrize(
    "contact",
    [
        "<h2>Pressekontakt</h2><p>Jana Beispiel<br>Telefon: 0211 1234-56<br>presse@ministerium.example</p>",
        "<p>Pressekontakt: Jana Beispiel, Telefon: 0211 1234-56</p>",
        "<p>Bei journalistischen Rückfragen wenden Sie sich bitte an Jana Beispiel, Telefon 0211 1234-56.</p>",
        "<p>Referat Presse</p><p>Ministerium für Verkehr<br><br>Jana Beispiel<br><br>Am Ufer 9<br><br>40219 Düsseldorf"
        "<br><br>Deutschland</p><p>Tel.: 0211 1234-56</p>",
        "<address>Jana Beispiel, Tel. 0211 1234-56</address>",
        "<aside><h3>Kontakt</h3><p>Jana Beispiel, Telefon: 0211 1234-56</p></aside>",
    ],
)
def test_contact_is_kept_apart(contact: str) -> None:
    release = read(f"<main><h1>Hafen wird ausgebaut</h1>{BODY}{contact}</main>")
    assert texts(release) == [FIRST, SECOND, THIRD]
    assert release.contact is not None
    assert "Jana Beispiel" in release.contact
    assert "0211 1234-56" in release.contact


def test_phone_number_in_a_sentence_stays_in_the_text() -> None:
    hotline = "Anmeldungen nimmt die Hafenmeisterei bis zum 30. Juni 2024 unter Telefon 0211 9876-5 entgegen."
    release = read(f"<main><h1>Hafen wird ausgebaut</h1>{BODY}<p>{hotline}</p></main>")
    assert texts(release)[-1] == hotline
    assert release.contact is None


def test_text_after_the_contact_is_text_again() -> None:
    release = read(
        f"<main><h1>Hafen wird ausgebaut</h1><p>{FIRST}</p><p>Pressekontakt: Jana Beispiel, Tel. 0211 1234</p>"
        f"<h2>Hintergrund</h2><p>{SECOND}</p></main>"
    )
    assert texts(release) == [FIRST, "Hintergrund", SECOND]


def test_links_to_other_pages_are_left_out() -> None:
    release = read(f"""<main><h1>Hafen wird ausgebaut</h1>{BODY}
      <div class="box"><h3><a href="/s">Schleuse gesperrt</a></h3>
      <p>Die Schleuse bleibt wegen Bauarbeiten gesperrt.</p></div>
      <p><a href="/x">Zur Website des Hafens</a></p>
      <h2>Das könnte Sie auch interessieren</h2><p>Im vergangenen Jahr kamen 400 Schiffe, so viele wie nie zuvor.</p>
      <h2>Downloads</h2><ul><li><a href="/a.pdf">Bericht</a></li></ul></main>""")
    assert texts(release) == [FIRST, SECOND, THIRD]


def test_kicker_inside_the_headline_is_split_off() -> None:
    release = read(f"<main><h1><em>Binnenschifffahrt</em> Hafen wird ausgebaut</h1>{BODY}</main>")
    assert (release.title, release.kicker) == ("Hafen wird ausgebaut", "Binnenschifffahrt")


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("Potsdam – ", "Potsdam"),
        ("Bad Bentheim, 21. Mai 2024 – ", "Bad Bentheim"),
        ("Haltern am See. — ", "Haltern am See"),
        ("", None),
    ],
)
def test_place(opening: str, place: str | None) -> None:
    assert read(f"<main><h1>Hafen wird ausgebaut</h1><p>{opening}{FIRST}</p></main>").place == place


def test_documents_are_attached_once_with_their_titles() -> None:
    release = read(
        f"<main><h1>Hafen wird ausgebaut</h1>{BODY}<p><a href='../bericht.pdf'><span class='sr-only'>Öffnet neu</span>"
        f"Bericht 2023 (PDF, 2 MB)</a></p><p><a href='../bericht.pdf'>noch einmal</a> <a href='http://['>x.pdf</a></p></main>"
        f"<footer><a href='/satzung.pdf'>Satzung</a></footer>",
        head="<base href='https://ministerium.example/presse/'><title>Hafen wird ausgebaut</title>",
    )
    assert [(item.url, item.title) for item in release.attachments] == [
        ("https://ministerium.example/bericht.pdf", "Bericht 2023")
    ]


def test_language_is_the_declared_one_else_told_by_small_words() -> None:
    english = (
        "<p>The harbour is one of the largest in the region and will be extended by the city with state money.</p>" * 2
    )
    document = f"<html><body><h1>Harbour extended</h1>{english}</body></html>"
    assert read_page(document.encode(), url=URL).language == "en"
    assert read_page(f"<html><body><h1>Hafen</h1>{BODY}</body></html>".encode(), url=URL).language == "de"
    assert read(f"<main><h1>Hafen wird ausgebaut</h1>{BODY}</main>").language == "de"
    wrong = f"<html lang='en-US'><body><h1>Hafen</h1>{BODY}</body></html>"
    assert read_page(wrong.encode(), url=URL).language == "de"
    short = "<html lang='en'><body><h1>Hafen</h1><p>Der Hafen ist bis Freitag gesperrt, mehr am Kai.</p></body></html>"
    assert read_page(short.encode(), url=URL).language == "en"


@pytest.mark.parametrize(
    "kept",
    [
        "<ul><li>31 von 40 Plätzen</li></ul>",
        "<table><tr><td>31</td><td>40</td></tr><tr><td>5</td><td>6</td></tr></table>",
    ],
)
def test_lists_and_tables_keep_their_numbers(kept: str) -> None:
    markup = f"<html><body><main><h1>Hafen wird ausgebaut</h1>{BODY}{kept}</main></body></html>".encode()
    assert digits_kept(markup, read_page(markup, url=URL)) == 1


def test_digits_that_the_text_lost_are_noticed() -> None:
    markup = f"<html><body><main><h1>Hafen wird ausgebaut</h1>{BODY}</main></body></html>".encode()
    other = read(f"<main><h1>Hafen wird ausgebaut</h1><p>{THIRD}</p></main>")
    assert digits_kept(markup, other) < 0.2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"<",
        b"%PDF-1.7 ...",
        b"\x00\x01\x02\x03" * 500,
        b'{"a": 1}',
        b"nur ein Wort",
        b"<html><body><p></p>",
    ],
)
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadablePage):
        read_page(body, url=URL)


def test_other_content_types_are_refused() -> None:
    with pytest.raises(UnreadablePage, match="application/pdf"):
        read_page(b"<html>", url=URL, content_type="application/pdf")


def test_a_day_between_paragraphs_stays_and_one_at_the_end_goes() -> None:
    table = (
        "<table><tr><th>Plätze</th><th>Kräne</th></tr><tr><td>31</td><td>4</td></tr></table><p>Stand: 31.12.2023</p>"
    )
    release = read(
        f"<main><h1>Hafen wird ausgebaut</h1><p>{FIRST}</p>{table}<p>{SECOND}</p><p>Stand: 21.05.2024</p></main>"
    )
    assert texts(release)[3:] == ["Stand: 31.12.2023", SECOND]
    assert "21.05.2024" not in release.text


def test_text_goes_on_after_a_box_that_leads_elsewhere() -> None:
    box = "<div><h3>Newsletter</h3><p>Jede Woche schreiben wir Ihnen 3 Neuigkeiten aus dem Hafen.</p></div>"
    release = read(f"<main><h1>Hafen wird ausgebaut</h1><p>{FIRST}</p>{box}<p>{SECOND}</p><p>{THIRD}</p></main>")
    assert texts(release) == [FIRST, SECOND, THIRD]
