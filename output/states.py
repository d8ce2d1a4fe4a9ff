"""How states are called, of one statement as of many: by the releases' own word where it stands in the list below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from models.language import Language
from models.statuses import Status
from output.words import status_words

if TYPE_CHECKING:
    from comparison.figures import Evidence, Figure
    from comparison.programme import Comparison
    from comparison.recurring import Recurring
    from models.claim import Claim

_Names = Mapping[Language, str]

_SAID: Mapping[Status, tuple[tuple[re.Pattern[str], _Names], ...]] = {
    "proposed": (
        (re.compile("beantrag"), {"de": "beantragt", "en": "applied for"}),
        (
            re.compile("antr[aä]g|bewerb|bewarb|beworben|gereich|zureich|reichung|einsendung|angemeldet|eingegangen"),
            {"de": "eingereicht", "en": "submitted"},
        ),
        (
            re.compile("eingebrach|einzubring|zugeleitet|zuleitung|beschlussfassung"),
            {"de": "eingebracht", "en": "tabled"},
        ),
        (re.compile("vorgeleg|vorzuleg|legt"), {"de": "vorgelegt", "en": "presented"}),
        (re.compile("nominier"), {"de": "nominiert", "en": "nominated"}),
        (re.compile("vorgeschlag|vorschl|schlägt"), {"de": "vorgeschlagen", "en": "proposed"}),
    ),
    "approved": (
        (re.compile("empf[oe]hl"), {"de": "empfohlen", "en": "recommended"}),
        (re.compile("beschl|verabschied|zugestimmt|stimmt|erlassen"), {"de": "beschlossen", "en": "resolved"}),
        (re.compile("ausgewähl"), {"de": "ausgewählt", "en": "selected"}),
        (re.compile("genehmig"), {"de": "genehmigt", "en": "authorised"}),
        (re.compile("ausgegeben|gezahlt|investier|verausgabt"), {"de": "ausgegeben", "en": "spent"}),
        (
            re.compile(
                "bewillig|förder|finanzier|verfügung|erh[aä]lt|erhielt|bek[ao]m|verg[ia]b|vergeb|dotier|unterstütz|gewähr"
                "|bereit"
            ),
            {"de": "bewilligt", "en": "granted"},
        ),
    ),
    "operating": (
        (re.compile("besetz"), {"de": "besetzt", "en": "filled"}),
        (re.compile("belegt|bewohnt|ausgelastet"), {"de": "belegt", "en": "occupied"}),
        (re.compile("eröffne"), {"de": "eröffnet", "en": "opened"}),
    ),
    "completed": (
        (re.compile("fertig"), {"de": "fertiggestellt", "en": "completed"}),
        (re.compile("gebaut|errichtet"), {"de": "gebaut", "en": "built"}),
        (re.compile("sanier|modernisier"), {"de": "saniert", "en": "renovated"}),
        (re.compile("pflanz"), {"de": "gepflanzt", "en": "planted"}),
        (re.compile("entwickel"), {"de": "entwickelt", "en": "developed"}),
        (re.compile("erarbeit"), {"de": "erarbeitet", "en": "drawn up"}),
        (re.compile("durchgeführt|durchführ"), {"de": "durchgeführt", "en": "carried out"}),
        (re.compile("veröffentlich"), {"de": "veröffentlicht", "en": "published"}),
    ),
    "extended": (
        (re.compile("verläng"), {"de": "verlängert", "en": "prolonged"}),
        (re.compile("ausgeweitet|ausweit|erweiter|stockt|stocken|ausgebaut"), {"de": "ausgeweitet", "en": "expanded"}),
    ),
    "discontinued": (
        (re.compile("aufgegeben"), {"de": "aufgegeben", "en": "given up"}),
        (re.compile("zurückgezogen"), {"de": "zurückgezogen", "en": "withdrawn"}),
        (re.compile("geschlossen|schließ"), {"de": "geschlossen", "en": "closed"}),
        (re.compile("stillgelegt"), {"de": "stillgelegt", "en": "shut down"}),
        (re.compile("eingestellt|einstell"), {"de": "eingestellt", "en": "stopped"}),
        (re.compile("aufgehoben|außer kraft"), {"de": "aufgehoben", "en": "repealed"}),
        (re.compile("abgeschafft"), {"de": "abgeschafft", "en": "abolished"}),
    ),
}
"""What a status is called by the words that tell it, the first that fits.

What is under way has no words of its own, for it is told by such as say that it is done: "werden gebaut".
"""
_REST: _Names = {"de": "übrige", "en": "remaining"}


def said_by(status: Status, words: Iterable[str | None], language: Language) -> str:
    """A status as the first of some words calls it that does; else in our own, all that it may be."""
    told = (word.lower() for word in words if word)
    called = (name[language] for word in told for pattern, name in _SAID.get(status, ()) if pattern.search(word))
    return next(called, status_words(status, language))


def status_said(stated: Claim | Evidence, language: Language) -> str:
    """The status of a statement as its sentence puts it; "" without one."""
    if stated.status is None:
        return ""
    return said_by(stated.status, (stated.status_word, stated.predicate, stated.counted), language)


def tells_status(word: str, status: Status | None) -> bool:
    """Whether a word says no more than a status does: "belegt" of what is in operation."""
    if status is None:
        return False
    return word == status_words(status, "de") or any(pattern.search(word) for pattern, _ in _SAID.get(status, ()))


def words_for_statuses() -> dict[str, list[str]]:
    """All that each status is called where a sentence has a word for it, in any language."""
    return {status: [word for _, name in said for word in name.values()] for status, said in _SAID.items()}


def state_words(comparison: Comparison, status: Status, language: Language) -> str:
    """A status of a comparison: "belegt" where all its figures are told so, else in our own words: "in Betrieb"."""
    return _of_all([row.parts[status] for row in comparison.rows if status in row.parts], status, language)


def state_of_series(series: Recurring, language: Language) -> str:
    """The status of a series, likewise, or what its numbers are said to be in German ("frei"); "" for neither."""
    if series.status is None:
        return series.predicate or ""
    return _of_all([point.figure for point in series.points], series.status, language)


def rest_words(comparison: Comparison, language: Language) -> str:
    """What is left of the wholes of a comparison: "frei"."""
    words = {row.rest.evidence[0].predicate for row in comparison.rows if row.rest}
    own = words.pop() if language == "de" and len(words) == 1 else None
    return own or _REST[language]


def _of_all(figures: Sequence[Figure], status: Status, language: Language) -> str:
    said = {status_said(proof, language) for figure in figures for proof in figure.evidence[:1]}
    return said.pop() if len(said) == 1 else status_words(status, language)
