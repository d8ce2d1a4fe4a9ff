"""The component that finds a document's periods."""

from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.structures import NounPhrase
from extractors.periods.scan import Moment, scan
from extractors.tokens import Tokens, tokens
from models.quantity import Period, Quantity

_NOUNS = frozenset({"NN", "NE", "FM", "XY"})
_TIME_NOUNS = ("jahr", "semester", "zeit", "saison", "winter", "sommer", "herbst", "frühling", "ende", "anfang", "mitte", "start", "beginn", "quartal", "halbjahr", "monat", "stand", "stichtag")


@Language.factory("bilanz_periods", assigns=["doc._.periods"], requires=["token.tag", "doc._.quantities", "doc._.noun_phrases"])
def create_periods(nlp: Language, name: str) -> "PeriodRule":
    """Factory of the component."""
    return PeriodRule()


class PeriodRule:
    """Sets `doc._.periods`: a tuple of `models.quantity.Period`, resolved against `doc._.published`."""

    def __init__(self) -> None:
        for extension, default in (("periods", ()), ("published", None)):
            if not Doc.has_extension(extension):
                Doc.set_extension(extension, default=default)

    def __call__(self, doc: Doc) -> Doc:
        doc._.periods = periods(tokens(doc), doc._.quantities, doc._.noun_phrases, doc._.published)
        return doc


def periods(
    tokens: Tokens, quantities: tuple[Quantity, ...], phrases: tuple[NounPhrase, ...], published: date | None
) -> tuple[Period, ...]:
    """All periods of a document; figures that count something are none, nor are years inside names."""
    counted = {index for q in quantities if q.kind in ("count", "money", "measure") for index in range(q.first, q.last + 1)}
    found = []
    for first, stop in tokens.sentences:
        offset = tokens.starts[first]
        for moment in scan(tokens.text[offset : tokens.ends[stop - 1]], published):
            period = _period(tokens, moment, offset, first, phrases)
            if period is not None and (period.last not in counted or _is_premodifier(period, quantities)):
                found.append(period)
    return tuple(found)


def _period(
    tokens: Tokens, moment: Moment, offset: int, sentence_start: int, phrases: tuple[NounPhrase, ...]
) -> Period | None:
    start, end = offset + moment.start, offset + moment.end
    first, last = tokens.at(start), tokens.at(end - 1)
    if first == last and moment.role == "as_of" and _is_in_name(tokens, first, sentence_start):
        return None
    attributive = any(p.start <= first and last < p.head and p.head - last > 0 and _participle_between(tokens, last, p) for p in phrases)
    return Period(moment.role, moment.date, start, end, first, last, attributive)


def _is_in_name(tokens: Tokens, index: int, sentence_start: int) -> bool:
    """ "Ruhr-Konferenz 2024", "Koalitionsvertrag 2021": a year right behind a noun belongs to it."""
    if index <= sentence_start or not tokens.words[index].isdigit() or tokens.tags[index - 1] not in _NOUNS:
        return False
    if tokens.lemmas[index - 1].lower().endswith(_TIME_NOUNS):
        return False
    following = tokens.tags[index + 1] if index + 1 < len(tokens.tags) else "$."
    return following not in ("ADV", "CARD", "VVPP", "PTKNEG", "ADJD", "APPR", "APPRART")


def _participle_between(tokens: Tokens, last: int, phrase: NounPhrase) -> bool:
    return any(tokens.tags[i] == "ADJA" for i in range(last + 1, phrase.head))


def _is_premodifier(period: Period, quantities: tuple[Quantity, ...]) -> bool:
    return period.attributive and not any(q.first <= period.first <= q.first for q in quantities)
