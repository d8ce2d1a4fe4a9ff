"""Why no verdict rests on what is similar, in German and English."""

from collections.abc import Mapping

from comparison.findings import Similar
from comparison.reasons import DOUBT, UNSAID
from models.language import Language
from output.terms import value_term

_WHY: Mapping[str, Mapping[Language, str]] = {
    "thing": {"de": "zählt anderes: {other} statt {asked}", "en": "counts something else: {other} instead of {asked}"},
    "words": {"de": "„{asked}“ ist dort nicht von dieser Zahl gesagt", "en": "does not say “{asked}” of this number"},
    "actor": {"de": "dort war es jemand anderes", "en": "somebody else did it there"},
    "narrower": {"de": "ist dort von „{other}“ gesagt", "en": "is said of “{other}” there"},
    "passed": {"de": "nennt die Zahl nur als früheren Stand", "en": "tells the number only as a former state"},
    "place": {"de": "anderer Ort: {other} statt {asked}", "en": "another place: {other} instead of {asked}"},
    "area": {"de": "anderes Gebiet: {other} statt {asked}", "en": "another area: {other} instead of {asked}"},
    "part": {"de": "anderer Teil: {other} statt {asked}", "en": "another part: {other} instead of {asked}"},
    "whole": {"de": "nur eines von beiden ist Teil eines Ganzen", "en": "only one of them is a part of a whole"},
    "all": {"de": "nur eines von beiden ist von allem gesagt", "en": "only one of them is said of all"},
    "group": {"de": "andere Gruppe: {other} statt {asked}", "en": "another group: {other} instead of {asked}"},
    "quality": {"de": "andere Eigenschaft: {other} statt {asked}", "en": "another quality: {other} instead of {asked}"},
    "against": {
        "de": "anders verglichen: {other} statt {asked}",
        "en": "compared otherwise: {other} instead of {asked}",
    },
    "kind": {"de": "andere Art von Zahl", "en": "another kind of number"},
    "unit": {"de": "andere Einheit", "en": "another unit"},
    "modality": {"de": "{other} statt {asked}", "en": "{other} instead of {asked}"},
    "aspect": {"de": "{other} statt {asked}", "en": "{other} instead of {asked}"},
    "status": {"de": "anderer Stand: {other} statt {asked}", "en": "another status: {other} instead of {asked}"},
    "predicate": {
        "de": "sagt anderes aus: {other} statt {asked}",
        "en": "says something else: {other} instead of {asked}",
    },
    "subject": {"de": "anderes Programm: {other} statt {asked}", "en": "another programme: {other} instead of {asked}"},
    "per": {"de": "bezogen auf anderes: {other} statt {asked}", "en": "per something else: {other} instead of {asked}"},
    "span": {"de": "anderer Zeitraum", "en": "another span of time"},
    "time": {"de": "nicht sicher von der Zeit der Aussage", "en": "not surely of the time of the statement"},
    "since": {"de": "anderer Beginn: {other} statt {asked}", "en": "another beginning: {other} instead of {asked}"},
    "other": {"de": "nicht sicher dasselbe", "en": "not surely the same"},
    "weaker": {"de": "andere Angaben passen besser", "en": "other statements fit better"},
}
"""Why a claim that is similar is no match, by what differs."""
_ONE_SIDE: Mapping[str, Mapping[Language, str]] = {
    "statement": {"de": "„{said}“ sagt nur die Aussage", "en": "only the statement says “{said}”"},
    "release": {"de": "„{said}“ sagt nur die Meldung", "en": "only the release says “{said}”"},
}
_SAID_OTHERWISE = {UNSAID: {"de": "nicht gesagt", "en": "not said"}}


def why(similar: Similar, language: Language) -> str:
    """Why no verdict rests on a claim that is similar."""
    if similar.reason is None:
        return _WHY["weaker"][language]
    what, asked, other = similar.reason
    if what.startswith(DOUBT):
        return _doubt(what.removeprefix(DOUBT), asked, other, language)
    shown = {"asked": _value(what, asked, language), "other": _value(what, other, language)}
    return _WHY.get(what, _WHY["other"])[language].format(**shown)


def _doubt(what: str, asked: str, other: str, language: Language) -> str:
    """That it is not known to be the same, and what one side alone says; it is not known to be another thing either."""
    unsure = _WHY["other" if what != "time" else what][language]
    if (asked == UNSAID) == (other == UNSAID) or what == "time":
        return unsure
    side, said = ("statement", asked) if other == UNSAID else ("release", other)
    return f"{unsure}: {_ONE_SIDE[side][language].format(said=_value(what, said, language))}"


def _value(what: str, value: str, language: Language) -> str:
    return value_term(what, value, language) if value != UNSAID else _SAID_OTHERWISE[UNSAID][language]
