"""How states are called, of one statement as of many: by the releases' own word where it stands in the list below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from models.language import Language
from models.statuses import Status
from output.words import MODALITY_WORDS, STATUS_WORDS, status_words

if TYPE_CHECKING:
    from comparison.figures import Evidence, Figure
    from comparison.programme import Comparison
    from comparison.recurring import Recurring
    from models.claim import Claim, Modality

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
        (re.compile("in kraft|inkraft|gilt|gelt"), {"de": "in Kraft", "en": "in force"}),
        (re.compile("eröffne"), {"de": "eröffnet", "en": "opened"}),
    ),
    "completed": (
        (re.compile("fertig"), {"de": "fertiggestellt", "en": "completed"}),
        (re.compile(r"gebaut|errichte|\bbauen"), {"de": "gebaut", "en": "built"}),
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
_TO_COME: Mapping[str, _Names] = {
    "beantragt": {"de": "Antrag", "en": "application"},
    "eingereicht": {"de": "Einreichung", "en": "submission"},
    "eingebracht": {"de": "Einbringung", "en": "tabling"},
    "vorgelegt": {"de": "Vorlage", "en": "presentation"},
    "nominiert": {"de": "Nominierung", "en": "nomination"},
    "vorgeschlagen": {"de": "Vorschlag", "en": "proposal"},
    "beantragt oder vorgeschlagen": {"de": "Antrag oder Vorschlag", "en": "proposal"},
    "in Prüfung": {"de": "Prüfung", "en": "review"},
    "geplant": {"de": "Planung", "en": "planning"},
    "empfohlen": {"de": "Empfehlung", "en": "recommendation"},
    "beschlossen": {"de": "Beschluss", "en": "resolution"},
    "ausgewählt": {"de": "Auswahl", "en": "selection"},
    "genehmigt": {"de": "Genehmigung", "en": "authorisation"},
    "ausgegeben": {"de": "Ausgabe", "en": "spending"},
    "bewilligt": {"de": "Bewilligung", "en": "grant"},
    "bewilligt oder beschlossen": {"de": "Bewilligung oder Beschluss", "en": "approval"},
    "begonnen": {"de": "Beginn", "en": "start"},
    "in Umsetzung": {"de": "Umsetzung", "en": "implementation"},
    "besetzt": {"de": "Besetzung", "en": "filling"},
    "belegt": {"de": "Belegung", "en": "occupation"},
    "in Kraft": {"de": "Inkrafttreten", "en": "coming into force"},
    "eröffnet": {"de": "Eröffnung", "en": "opening"},
    "in Betrieb": {"de": "Betrieb", "en": "operation"},
    "fertiggestellt": {"de": "Fertigstellung", "en": "completion"},
    "gebaut": {"de": "Bau", "en": "construction"},
    "saniert": {"de": "Sanierung", "en": "renovation"},
    "gepflanzt": {"de": "Pflanzung", "en": "planting"},
    "entwickelt": {"de": "Entwicklung", "en": "development"},
    "erarbeitet": {"de": "Erarbeitung", "en": "drawing up"},
    "durchgeführt": {"de": "Durchführung", "en": "carrying out"},
    "veröffentlicht": {"de": "Veröffentlichung", "en": "publication"},
    "abgeschlossen": {"de": "Abschluss", "en": "completion"},
    "fortgeführt": {"de": "Fortführung", "en": "continuation"},
    "verlängert": {"de": "Verlängerung", "en": "prolongation"},
    "ausgeweitet": {"de": "Ausweitung", "en": "expansion"},
    "verlängert oder ausgeweitet": {"de": "Verlängerung oder Ausweitung", "en": "extension"},
    "ausgesetzt": {"de": "Aussetzung", "en": "suspension"},
    "aufgegeben": {"de": "Aufgabe", "en": "giving up"},
    "zurückgezogen": {"de": "Rückzug", "en": "withdrawal"},
    "geschlossen": {"de": "Schließung", "en": "closing"},
    "stillgelegt": {"de": "Stilllegung", "en": "shutdown"},
    "eingestellt": {"de": "Einstellung", "en": "stopping"},
    "aufgehoben": {"de": "Aufhebung", "en": "repeal"},
    "abgeschafft": {"de": "Abschaffung", "en": "abolition"},
    "nicht weiterverfolgt": {"de": "Ende", "en": "discontinuation"},
    "abgelehnt": {"de": "Ablehnung", "en": "rejection"},
}
"""What is to come, or is not so, by what it is called in German once it is so."""
_REST: _Names = {"de": "übrige", "en": "remaining"}


def said_by(status: Status, words: Iterable[str | None], modality: Modality, language: Language) -> str:
    """A status as the first of some words calls it that does; else in our own, all that it may be.

    What is not so, or not yet, is not called as if it were: "angekündigt: Bau", not "gebaut".
    """
    told = (word.lower() for word in words if word)
    called = (name for word in told for pattern, name in _SAID.get(status, ()) if pattern.search(word))
    name = next(called, STATUS_WORDS[status])
    if modality == "actual" or status == modality:
        return name[language]
    return f"{MODALITY_WORDS[modality][language]}: {_TO_COME[name['de']][language]}"


def status_said(stated: Claim | Evidence, language: Language) -> str:
    """The status of a statement as its sentence puts it: "gebaut", of a plan "angekündigt: Bau"; "" without one."""
    if stated.status is None:
        return ""
    return said_by(stated.status, (stated.status_word, stated.predicate, stated.counted), stated.modality, language)


def state_said(stated: Claim | Evidence, language: Language) -> str:
    """The same, and of what has no status that it is only announced, possible or denied."""
    if stated.status is None and stated.modality != "actual":
        return MODALITY_WORDS[stated.modality][language]
    return status_said(stated, language)


def tells_status(word: str, status: Status | None) -> bool:
    """Whether a word says no more than a status does: "belegt" of what is in operation."""
    if status is None:
        return False
    return word == status_words(status, "de") or any(pattern.search(word) for pattern, _ in _SAID.get(status, ()))


def words_for_statuses() -> dict[str, list[str]]:
    """All that each status is called where a sentence has a word for it, in any language."""
    return {status: [word for _, name in said for word in name.values()] for status, said in _SAID.items()}


def state_words(compared: Comparison, status: Status, language: Language) -> str:
    """A status of a comparison: "belegt" where all its figures are told so, else in our own words: "in Betrieb"."""
    return shared_state_words([compared], status, language)


def shared_state_words(compared: Iterable[Comparison], status: Status, language: Language) -> str:
    """A status of several comparisons, which is called so in every one of them."""
    return _of_all(
        [row.parts[status] for each in compared for row in each.rows if status in row.parts], status, language
    )


def state_of_series(series: Recurring, language: Language) -> str:
    """The status of a series, likewise, or what its numbers are said to be in German ("frei"); "" for neither."""
    if series.status is not None:
        return _of_all([point.figure for point in series.points], series.status, language, series.modality)
    ahead = "" if series.modality == "actual" else MODALITY_WORDS[series.modality][language]
    return ": ".join(filter(None, (ahead, series.predicate)))


def rest_words(comparison: Comparison, language: Language) -> str:
    """What is left of the wholes of a comparison: "frei"."""
    words = {row.rest.evidence[0].predicate for row in comparison.rows if row.rest}
    own = words.pop() if language == "de" and len(words) == 1 else None
    return own or _REST[language]


def _of_all(figures: Sequence[Figure], status: Status, language: Language, modality: Modality = "actual") -> str:
    said = {status_said(proof, language) for figure in figures for proof in figure.evidence[:1]}
    return said.pop() if len(said) == 1 else said_by(status, (), modality, language)
