"""Encodings and invisible characters."""

import pytest

from extractors.page import read_page
from extractors.page.markup import clean, decode, parse
from models.release import Release

SENTENCE = "Über die Größe der Förderung – 1,5 Millionen € – entscheidet „das Land“ nächste Woche."


def page(charset: str | None) -> str:
    meta = f'<meta charset="{charset}">' if charset else ""
    head = f"<head>{meta}<title>Förderung für Häfen</title></head>"
    return f"<html>{head}<body><main><h1>Förderung für Häfen</h1><p>{SENTENCE}</p></main>"


def read(body: bytes, content_type: str | None = None) -> Release:
    return read_page(body, url="https://m.example/a", content_type=content_type)


@pytest.mark.parametrize(
    ("declared", "encoding", "content_type"),
    [
        ("utf-8", "utf-8", None),
        (None, "utf-8", None),
        ("iso-8859-1", "utf-8", "text/html; charset=ISO-8859-1"),
        (None, "utf-8-sig", None),
        (None, "utf-16", None),
        ("iso-8859-1", "cp1252", None),
        (None, "cp1252", "text/html; charset=iso-8859-1"),
        ("iso-8859-15", "iso-8859-15", None),
        (None, "cp1252", None),
    ],
)
def test_encodings(declared: str | None, encoding: str, content_type: str | None) -> None:
    writable = page(declared).encode(encoding, "xmlcharrefreplace")
    release = read(writable, content_type)
    assert release.title == "Förderung für Häfen"
    assert release.text == f"Förderung für Häfen\n\n{SENTENCE}"


def test_utf8_read_as_windows_1252_is_mended() -> None:
    broken = page("utf-8").encode().decode("cp1252", "ignore").encode()
    assert read(broken).title == "Förderung für Häfen"


def test_utf8_cut_off_inside_a_character() -> None:
    assert decode("Häfen ä".encode()[:-1]) == "Häfen "


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Sport\u00adstätten", "Sportstätten"),
        ("Ge\u200bsetz\ufeff", "Gesetz"),
        ("1\u00a0500\u202fEuro", "1 500 Euro"),
        ("Ruhr\u2011Konferenz", "Ruhr-Konferenz"),
        ("  zwei \n\t Zeilen ", "zwei Zeilen"),
        ("Fo\u0308rderung", "Förderung"),
        ("FÃ¶rderung fÃ¼r HÃ¤fen", "Förderung für Häfen"),
        ("Château Âge", "Château Âge"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_entities_are_characters() -> None:
    release = read(
        b"<html><body><main><h1>F&ouml;rde&shy;rung</h1><p>Rund 3&nbsp;500 Menschen&#8239;&ndash; "
        b"so viele wie nie &amp; mehr.</p>"
    )
    assert release.text == "Förderung\n\nRund 3 500 Menschen – so viele wie nie & mehr."


def test_references_to_no_character_are_replaced() -> None:
    page = "<html><body><article><h1>Ufer&#8;weg</h1><p>Am &#65534;Montag &#1114112;beginnt &#228;&#xFC;.</p></article>"
    said = "".join(parse(page).itertext())
    assert said == "Ufer\ufffdwegAm \ufffdMontag \ufffdbeginnt äü."
