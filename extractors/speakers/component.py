"""The component that finds who says what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.structures import Clause
from extractors.quotes import Quotation, quotations
from extractors.resources import data
from extractors.speakers.persons import Person, is_role, persons
from extractors.tokens import Tokens, tokens

_SPEECH_WORDS = 5
"""Fewer words between quotation marks are a name or a term, unless a colon or a verb of saying stands beside them."""
_CONTINUED = 320
"""Characters between the two halves of one quotation: "…“, sagte die Ministerin. „…"."""
_ACCORDING = re.compile(r"(?:^|\W)(?:[Ll]aut|[Nn]ach\s(?:Angaben|Worten|Aussage|Einschätzung|Auskunft|Darstellung)(?:\svon|\sder|\sdes)?|[Aa]us\sSicht\s(?:von|der|des))\s")


@dataclass(frozen=True, slots=True)
class Speech:
    """Characters `start` to `end` are what `speaker` says; `cue` is the span of the speaker's name."""

    start: int
    end: int
    speaker: str
    cue: tuple[int, int]


@Language.factory("bilanz_speakers", assigns=["doc._.speeches"], requires=["token.tag", "token.lemma", "doc._.clauses"])
def create_speakers(nlp: Language, name: str) -> "SpeakerRule":
    """Factory of the component."""
    return SpeakerRule()


class SpeakerRule:
    """Sets `doc._.speeches`: a tuple of `Speech` in the order of the text."""

    def __init__(self) -> None:
        if not Doc.has_extension("speeches"):
            Doc.set_extension("speeches", default=())

    def __call__(self, doc: Doc) -> Doc:
        listed = tokens(doc)
        people = persons(listed)
        if people:
            direct = _direct(listed, people)
            indirect = _indirect(listed, people, doc._.clauses, direct)
            doc._.speeches = tuple(sorted([*direct, *indirect], key=lambda speech: speech.start))
        return doc


@cache
def _verbs(kind: str) -> frozenset[str]:
    return frozenset(data("speakers", "verbs")[kind])


def _direct(tokens: Tokens, people: Sequence[Person]) -> list[Speech]:
    speeches: list[Speech] = []
    for quotation in quotations(tokens.text):
        if quotation.depth:
            continue
        person = (
            _announced(tokens, people, quotation)
            or _named_after(tokens, people, quotation)
            or _continued(tokens, people, quotation, speeches)
        )
        if person is not None:
            cue = tokens.span(person.first, person.last)
            speeches.append(Speech(quotation.start, quotation.end, person.name, cue))
    return speeches


def _announced(tokens: Tokens, people: Sequence[Person], quotation: Quotation) -> Person | None:
    """ "Bettina Muster, Senatorin für Umwelt: „…": the person named between the last sentence and the colon."""
    before = tokens.text[: quotation.start - 1].rstrip()
    if not before.endswith(":"):
        return None
    colon = tokens.at(len(before) - 1)
    sentence = tokens.sentence[colon]
    first = tokens.sentences[sentence][0]
    opening = next((i for i in range(colon, first - 1, -1) if tokens.words[i] in "“”«»\"" and i < colon - 1), first)
    named = [p for p in people if max(first, opening) <= p.first < colon and not _is_attribute(tokens, p)]
    return named[0] if named else None


def _is_attribute(tokens: Tokens, person: Person) -> bool:
    """ "auf Vorlage von Senatorin Gote": a person inside a prepositional phrase is not the one who speaks."""
    index = person.first - 1
    while index >= 0 and (is_role(tokens.words[index]) or tokens.words[index].rstrip(".") in ("Dr", "Prof") or tokens.tags[index] in ("ART", "ADJA")):
        index -= 1
    return index >= 0 and tokens.tags[index] in ("APPR", "APPRART")


def _named_after(tokens: Tokens, people: Sequence[Person], quotation: Quotation) -> Person | None:
    """ "…“, sagte Ministerin Ina Muster": the person named after the quotation, in its sentence."""
    if not quotation.closed:
        return None
    index = tokens.at(quotation.end) + 1
    if index >= len(tokens.words) or tokens.text[quotation.end + 1 : quotation.end + 3].strip(" ,–-") == "" and index >= len(tokens.words):
        return None
    while index < len(tokens.words) and tokens.words[index] in (",", ".", "–", "-"):
        if tokens.words[index] == "." and tokens.text[quotation.end - 1] in ".!?":
            return None
        index += 1
    if index >= len(tokens.words) or not (tokens.lemmas[index] in _verbs("saying") or tokens.words[index].lower() == "so" or tokens.tags[index] in ("VVFIN",)):
        return None
    stop = tokens.sentences[tokens.sentence[index]][1]
    return next((p for p in people if index <= p.first < stop), None)


def _continued(tokens: Tokens, people: Sequence[Person], quotation: Quotation, speeches: Sequence[Speech]) -> Person | None:
    """The second half of a quotation that its speaker's name interrupts."""
    if not speeches or len(tokens.text[quotation.start : quotation.end].split()) < _SPEECH_WORDS:
        return None
    last = speeches[-1]
    between = tokens.text[last.end : quotation.start]
    if not (last.end < last.cue[0] < quotation.start) or len(between) > _CONTINUED or "\n" in between.strip():
        return None
    if between.count(". ") > 1 or not between.rstrip("„“”»«\" ").endswith((".", ":", ",")):
        return None
    return next((p for p in people if tokens.starts[p.first] == last.cue[0]), None)


def _indirect(
    tokens: Tokens, people: Sequence[Person], clauses: Sequence[Clause], direct: Sequence[Speech]
) -> Iterator[Speech]:
    by_sentence: dict[int, list[Person]] = {}
    for person in people:
        by_sentence.setdefault(tokens.sentence[person.first], []).append(person)
    for sentence, named in by_sentence.items():
        first, stop = tokens.sentences[sentence]
        start, end = tokens.starts[first], tokens.ends[stop - 1]
        if any(speech.start < end and start < speech.end for speech in direct):
            continue
        found = _according(tokens, named, start, end) or _so(tokens, named, start) or _reported(tokens, named, clauses, first, stop)
        if found is not None:
            yield found


def _according(tokens: Tokens, named: Sequence[Person], start: int, end: int) -> Speech | None:
    """ "Laut Ministerin Muster sind …": the whole sentence is hers."""
    for person in named:
        before = tokens.text[start : tokens.starts[person.first]]
        match = _ACCORDING.search(before)
        if match and len(before) - match.end() < 60:
            return Speech(start, end, person.name, tokens.span(person.first, person.last))
    return None


def _so(tokens: Tokens, named: Sequence[Person], start: int) -> Speech | None:
    """ "…, so Finanzsenator Muster.": what stands before."""
    for person in named:
        before = tokens.text[start : tokens.starts[person.first]]
        match = re.search(r",\sso\s(?:\S+\s){0,4}$", before)
        if match:
            return Speech(start, start + match.start(), person.name, tokens.span(person.first, person.last))
    return None


def _reported(
    tokens: Tokens, named: Sequence[Person], clauses: Sequence[Clause], first: int, stop: int
) -> Speech | None:
    """ "Ministerin Muster kündigte an, dass …": the clauses that depend on a verb of reporting."""
    for clause in clauses:
        if clause.start < first or clause.start >= stop or clause.verb is None or clause.verb.lemma not in _verbs("reporting"):
            continue
        own = set(clause.tokens)
        speaker = next((p for p in named if p.first in own and not _is_attribute(tokens, p)), None)
        children = [c for c in clauses if c.parent == clause.index and c.kind in ("subordinate", "main") and c.start > clause.start]
        if speaker is not None and children:
            start, end = tokens.starts[children[0].start], tokens.ends[min(stop, children[-1].end) - 1]
            return Speech(start, end, speaker.name, tokens.span(speaker.first, speaker.last))
    return None
