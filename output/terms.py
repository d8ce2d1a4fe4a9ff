"""What the fields of a claim and their values are called, in German and English."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from models.filters import FACETS, NOT_STATED, OFFICE_FACETS
from models.keys import fold
from models.language import Language
from output.states import words_for_statuses
from output.words import MODALITY_WORDS, STATE_WORDS, STATUS_WORDS

Term = Mapping[Language, str]

FIELD_TERMS: Mapping[str, Term] = {
    **{facet.name: facet.words for facet in (*FACETS, *OFFICE_FACETS)},
    "q": {"de": "Wörter", "en": "Words"},
    "parts": {"de": "Teile", "en": "Parts"},
    "since": {"de": "ab", "en": "from"},
    "until": {"de": "bis", "en": "until"},
    "published_since": {"de": "veröffentlicht ab", "en": "published from"},
    "published_until": {"de": "veröffentlicht bis", "en": "published until"},
    "due_since": {"de": "angekündigt für die Zeit ab", "en": "announced for the time from"},
    "due_until": {"de": "angekündigt für die Zeit bis", "en": "announced for the time until"},
    "at_least": {"de": "mindestens", "en": "at least"},
    "at_most": {"de": "höchstens", "en": "at most"},
    "release": {"de": "Meldung", "en": "Release"},
}
"""By which claims are searched."""

VALUE_TERMS: Mapping[str, Mapping[Any, Term]] = {
    "status": {**STATUS_WORDS, "planned": {"de": "geplant oder angekündigt", "en": "planned or announced"}},
    "modality": MODALITY_WORDS,
    "state": STATE_WORDS,
    "parts": {"with": {"de": "inbegriffen", "en": "included"}},
    "frequency": {
        "run": {"de": "nach jedem Lauf", "en": "after every run"},
        "day": {"de": "täglich", "en": "daily"},
        "week": {"de": "wöchentlich, montags", "en": "weekly, on Mondays"},
    },
    "channel": {
        "mail": {"de": "E-Mail", "en": "E-mail"},
        "webhook": {"de": "Webhook (JSON)", "en": "Webhook (JSON)"},
        "slack": {"de": "Slack oder Mattermost", "en": "Slack or Mattermost"},
        "teams": {"de": "Microsoft Teams", "en": "Microsoft Teams"},
        "matrix": {"de": "Matrix (Hookshot)", "en": "Matrix (Hookshot)"},
        "block": {"de": "Benachrichtigung von Prefect", "en": "Notification by Prefect"},
    },
    "kind": {
        "count": {"de": "Anzahl", "en": "Count"},
        "money": {"de": "Geld", "en": "Money"},
        "share": {"de": "Anteil", "en": "Share"},
        "measure": {"de": "Maß", "en": "Measure"},
        "duration": {"de": "Dauer", "en": "Duration"},
        "status": {"de": "Projektstand", "en": "Project status"},
    },
    "basis": {
        "stated": {"de": "steht im Satz", "en": "stated in the sentence"},
        "release": {"de": "gilt für die ganze Meldung", "en": "of the whole release"},
        "published": {"de": "Tag der Veröffentlichung", "en": "day of publication"},
    },
    "decision": {
        "confirmed": {"de": "von Hand bestätigt", "en": "confirmed by a reviewer"},
        "rejected": {"de": "von Hand verworfen", "en": "rejected by a reviewer"},
        "corrected": {"de": "von Hand berichtigt", "en": "corrected by a reviewer"},
        "added": {"de": "von Hand ergänzt", "en": "added by a reviewer"},
        NOT_STATED: {"de": "nicht durchgesehen", "en": "not reviewed"},
    },
    "fault": {
        "value": {"de": "die Zahl", "en": "the number"},
        "thing": {"de": "was gezählt wird oder das Programm", "en": "what is counted, or the programme"},
        "status": {"de": "der Stand", "en": "the status"},
        "date": {"de": "der Stichtag oder Zeitraum", "en": "the reporting date or period"},
        "quotation": {"de": "das Zitat oder seine Fundstelle", "en": "the quotation, or where it stands"},
        "other": {"de": "etwas anderes", "en": "something else"},
    },
    "per": {
        "each": {"de": "jeweils", "en": "each"},
    },
    "objection": {
        "open": {"de": "noch nicht beantwortet", "en": "not answered yet"},
        "accepted": {"de": "angenommen", "en": "accepted"},
        "dismissed": {"de": "abgelehnt", "en": "declined"},
    },
    "queue": {
        "objected": {"de": "Von Lesern gemeldet", "en": "Reported by readers"},
        "doubtful": {"de": "Unglaubhaft", "en": "Implausible"},
        "changed": {"de": "Geändert", "en": "Changed"},
        "new": {"de": "Neu", "en": "New"},
    },
    "doubt": {
        "share": {"de": "Anteil über 100 %", "en": "share over 100 %"},
        "part": {"de": "Teil größer als das Ganze", "en": "part beyond its whole"},
        "future": {"de": "Datum nach der Veröffentlichung", "en": "date after the publication"},
        "jump": {"de": "Zehnfaches oder Zehntel der Zahl davor", "en": "ten times or a tenth of the number before"},
    },
    "health": {
        "completed": {"de": "in Ordnung", "en": "in order"},
        "degraded": {"de": "mit Lücken", "en": "with gaps"},
        "failed": {"de": "gescheitert", "en": "failed"},
        "running": {"de": "läuft", "en": "running"},
        "interrupted": {"de": "abgebrochen", "en": "interrupted"},
        "imported": {"de": "importiert, nicht abgerufen", "en": "imported, not read"},
        NOT_STATED: {"de": "noch kein Lauf", "en": "no run yet"},
    },
    "concern": {
        "no good night": {
            "de": "In den letzten 36 Stunden war keine Pressestelle zu lesen.",
            "en": "No press office could be read in the last 36 hours.",
        },
        "offices not read": {
            "de": "Einzelne Pressestellen hat seit 36 Stunden kein Lauf gelesen.",
            "en": "Some press offices were in no run for 36 hours.",
        },
        "offices failed": {
            "de": "Einzelne Pressestellen waren im letzten Lauf nicht zu lesen.",
            "en": "Some press offices could not be read in their last run.",
        },
        "no daily copy": {
            "de": "Seit 36 Stunden wurde keine tägliche Kopie der Datenbank nachgewiesen.",
            "en": "No daily copy of the database was proved for 36 hours.",
        },
        "disk nearly full": {"de": "Die Festplatte ist fast voll.", "en": "The disk is nearly full."},
        "messages given up": {"de": "Nachrichten kamen nicht an.", "en": "Messages did not arrive."},
    },
    "watch": {
        "told": {"de": "meldet", "en": "told"},
        "paused": {"de": "ruht", "en": "paused"},
        "not confirmed yet": {"de": "noch nicht bestätigt", "en": "not confirmed yet"},
    },
    "run": {
        "ingest": {"de": "Abruf", "en": "reading"},
        "backfill": {"de": "Älteres", "en": "what is older"},
        "reextract": {"de": "neu gelesen", "en": "read anew"},
        "report": {"de": "Bericht", "en": "report"},
        "import": {"de": "Import", "en": "import"},
        "history": {"de": "aus Archiven", "en": "from archives"},
        "backup": {"de": "Kopie der Datenbank", "en": "copy of the database"},
    },
    "sameness": {
        "same": {"de": "dasselbe", "en": "the same"},
        "different": {"de": "nicht dasselbe", "en": "not the same"},
        "unsure": {"de": "unklar", "en": "left open"},
    },
    "likeness": {
        "stated in a release": {"de": "Eine Meldung nennt beides gleich.", "en": "A release says both of one thing."},
        "acronym": {"de": "Das eine kürzt das andere ab.", "en": "One is short for the other."},
        "inflection": {"de": "Das eine beginnt wie das andere.", "en": "One begins like the other."},
        "similar": {"de": "Beide werden ähnlich geschrieben.", "en": "Both are spelt alike."},
        "parts of one whole": {
            "de": "Eine Zahl des einen ist ein Teil einer Zahl des anderen.",
            "en": "A number of one is part of a number of the other.",
        },
        "compound": {"de": "Das eine Wort steckt im anderen.", "en": "One word is within the other."},
    },
    "cue": {
        "status": {"de": "Stand der Dinge", "en": "status"},
        "modality": {"de": "Absicht oder Möglichkeit", "en": "plan or possibility"},
        "negation": {"de": "Verneinung", "en": "negation"},
        "comparator": {"de": "Genauigkeit", "en": "precision"},
        "speaker": {"de": "Sprecher", "en": "Speaker"},
        "period": {"de": "Zeit", "en": "time"},
        "subject": {"de": "Projekt", "en": "Project"},
    },
    "aspect": {
        "level": {"de": "Stand", "en": "level"},
        "change": {"de": "Veränderung", "en": "change"},
        "points": {"de": "Prozentpunkte", "en": "percentage points"},
        "increment": {"de": "Zuwachs", "en": "addition"},
        "total": {"de": "Gesamtzahl", "en": "total"},
        "limit": {"de": "Unter- oder Obergrenze", "en": "lower or upper limit"},
        "average": {"de": "Durchschnitt", "en": "average"},
    },
    "scope": {
        "place": {"de": "Ort", "en": "place"},
        "area": {"de": "Gebiet", "en": "area"},
        "group": {"de": "Gruppe", "en": "group"},
        "quality": {"de": "Eigenschaft", "en": "quality"},
        "part": {"de": "Teil", "en": "part"},
        "against": {"de": "gegenüber", "en": "against"},
    },
    "verdict": {
        "supported": {"de": "Belegt", "en": "Supported"},
        "disputed": {"de": "Strittig", "en": "Disputed"},
        "outdated": {"de": "Überholt", "en": "Outdated"},
        "contradicted": {"de": "Widerlegt", "en": "Contradicted"},
        "differs": {"de": "Weicht ab", "en": "Differs"},
        "not_comparable": {"de": "Nicht vergleichbar", "en": "Not comparable"},
        "unknown": {"de": "Nichts gefunden", "en": "Nothing found"},
    },
    "restatement": {
        "whole": {"de": "Das Ganze", "en": "The whole"},
        "figure": {"de": "Derselbe Stichtag", "en": "The same date"},
        "correction": {"de": "Still berichtigt", "en": "Silently corrected"},
    },
    "rhythm": {
        "daily": {"de": "täglich", "en": "daily"},
        "weekly": {"de": "wöchentlich", "en": "weekly"},
        "monthly": {"de": "monatlich", "en": "monthly"},
        "quarterly": {"de": "vierteljährlich", "en": "quarterly"},
        "yearly": {"de": "jährlich", "en": "yearly"},
        "irregular": {"de": "unregelmäßig", "en": "irregularly"},
    },
    "promise": {
        "kept": {"de": "gehalten", "en": "kept"},
        "partly": {"de": "teilweise gehalten", "en": "partly kept"},
        "broken": {"de": "gebrochen", "en": "broken"},
        "stalled": {"de": "steht still", "en": "stalled"},
        "in_progress": {"de": "in Arbeit", "en": "in progress"},
        "not_rateable": {"de": "nicht zu beurteilen", "en": "cannot be rated"},
    },
    "outcome": {
        "reached": {"de": "erreicht", "en": "reached"},
        "not reached": {"de": "nicht erreicht", "en": "not reached"},
        "open": {"de": "offen", "en": "open"},
        "undecided": {"de": "spätere Zahlen gehören vielleicht dazu", "en": "later figures may belong to it"},
        "nothing found": {"de": "nichts Vergleichbares", "en": "nothing comparable"},
    },
}
"""Values that the vocabulary lists, by the field that has them; `NOT_STATED` where no value has a name of its own."""

_FAR = 0.05
"""How much less alike than the nearest a name may be to be meant as well: not "beschlossen" for "abgeschlosen"."""
_NOT_STATED: Term = {"de": "nicht genannt", "en": "not stated"}


def field_term(field: str, language: Language) -> str:
    """A field by which claims are searched: "Pressestelle"; what is none speaks for itself."""
    return FIELD_TERMS.get(field, {}).get(language, field)


def value_term(field: str, value: str | None, language: Language) -> str:
    """A value of a field: "in Umsetzung"; what is not in the vocabulary speaks for itself, and None is ""."""
    term = VALUE_TERMS.get(field, {}).get(value or NOT_STATED)
    if term is None and value == NOT_STATED:
        term = _NOT_STATED
    return term[language] if term else value or ""


def value_named(field: str, words: str, values: Sequence[str]) -> str | None:
    """Which of some values of a field is called so, in any language."""
    return _names(field, values).get(fold(words))


def values_like(field: str, words: str, values: Sequence[str]) -> list[str]:
    """Values of a field whose names are spelt most like some words, the most similar first."""
    names, folded = _names(field, values), fold(words)
    near = get_close_matches(folded, names, n=3, cutoff=0.7)
    like = [SequenceMatcher(None, folded, name).ratio() for name in near]
    return list(dict.fromkeys(names[name] for name, each in zip(near, like, strict=True) if each > like[0] - _FAR))


def _names(field: str, values: Sequence[str]) -> dict[str, str]:
    """The values by all that they are called, "bewilligt oder beschlossen" by either and as sentences put it."""
    terms = VALUE_TERMS.get(field, {})
    said = words_for_statuses() if field == "status" else {}
    called = {value: [value, *terms.get(value, {}).values(), *said.get(value, ())] for value in values}
    return {
        fold(part): value for value, names in called.items() for name in names for part in (name, *name.split(" oder "))
    }
