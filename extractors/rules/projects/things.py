"""What a release may speak of as one particular thing: names found by form or head, quotations, noun phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.german.syntax.structures import FINITE, NounPhrase
from extractors.german.words.compounds import nouns as common_nouns
from extractors.german.words.compounds import split
from extractors.german.words.persons import is_first_name, is_role
from extractors.quotes import quotations
from extractors.rules.projects.aliases import merge, name_key
from extractors.rules.projects.candidate import candidate
from extractors.rules.projects.classes import SHORTEST_COMPOUND, is_class, is_institutional, kind_of
from extractors.rules.projects.find import candidates
from extractors.rules.projects.patterns import NAMING, NOUNS
from extractors.rules.projects.phrases import (
    CAMEL,
    complement_end,
    introducing_noun,
    is_indefinite,
    is_place_adjective,
    is_plural,
)
from extractors.rules.projects.places import ProjectMention, mentions
from extractors.tokens import PREPOSITIONS, Tokens
from models.claim import Project

FoundBy = Literal["rule", "quotation", "phrase"]
_TO_COMPLEMENT = frozenset({"APPR", "APPRART", "ART", "ADJA"})
"""Tags of the words between a noun and that of its complement."""
_OPENING = frozenset("„“»")
_AT = frozenset({"am", "an", "im", "in", "auf", "bei"})
"""Between a thing and where it is."""
_DONE_TO = (*NOUNS.works, *NOUNS.amendments)
"""Ends of nouns whose name goes on with what something is done to."""
_LONGEST_QUOTED = 9
"""Words."""
_SHORTEST = 4
"""Letters of a noun that may head a name."""


@dataclass(frozen=True, slots=True)
class ThingPlace:
    """Where a thing is named: first and last token, the head noun, and the noun phrase around it."""

    first: int
    last: int
    head: int
    phrase: NounPhrase | None


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a release may be about, under all forms of one name."""

    project: Project
    places: tuple[ThingPlace, ...]
    found_by: FoundBy


def things(tokens: Tokens, phrases: Sequence[NounPhrase], phrase_of: dict[int, NounPhrase]) -> list[Thing]:
    """All candidates of a document in the order of their first place; those of one name are one.

    Args:
        tokens: those of the document.
        phrases: its noun phrases.
        phrase_of: the same by their tokens.
    """
    by_rule = merge(candidates(tokens), tokens.text)
    named = mentions(by_rule, tokens)
    taken = {index for mention in named for index in range(mention.first, mention.last + 1)}
    found = _by_rule(tokens, phrase_of, by_rule, named)
    others: dict[str, tuple[Project, FoundBy, list[ThingPlace]]] = {}
    for name, place, found_by in (*_quoted(tokens, phrase_of, taken), *_phrases(tokens, phrases, taken)):
        others.setdefault(name_key(name), (Project(name, ()), found_by, []))[2].append(place)
    found += [Thing(project, tuple(places), found_by) for project, found_by, places in others.values()]
    found = [thing for thing in found if thing.project.aliases or not _is_where(tokens, thing.places)]
    return _named_below(tokens, sorted((thing for thing in found if thing.places), key=_first))


def _first(thing: Thing) -> int:
    return thing.places[0].first


def _is_where(tokens: Tokens, places: Sequence[ThingPlace]) -> bool:
    """ "in Neukölln", "aus Syrien", "nach Warschau": a word without an article there is a town, a country, a field."""
    return any(place.first == place.last and tokens.before(place.first) in NAMING.where for place in places)


def _named_below(tokens: Tokens, found: list[Thing]) -> list[Thing]:
    """What the headline describes is what the body names: "Projekt für Frauen startet ¶ Das Projekt „Netz“ …".

    So where the body puts just one name behind a noun of that kind.
    """
    described = [thing for thing in found if _is_in_title(tokens, thing) and _is_described(tokens, thing)]
    named = [thing for thing in found if thing.found_by != "phrase" and not _is_in_title(tokens, thing)]
    for description in described:
        kind = kind_of(tokens.lemmas[description.places[0].head])
        fitting = [thing for thing in named if kind is not None and _is_introduced_as(tokens, thing, kind)]
        if len(fitting) == 1:
            name = fitting[0]
            project = Project(name.project.name, (*name.project.aliases, description.project.name))
            joined = Thing(project, (*description.places, *name.places), name.found_by)
            kept = (thing for thing in found if thing not in (name, description))
            return sorted((joined, *kept), key=_first)
    return found


def _is_in_title(tokens: Tokens, thing: Thing) -> bool:
    return tokens.starts[_first(thing)] < tokens.title_end


def _is_described(tokens: Tokens, thing: Thing) -> bool:
    """ "Kunstprojekt in Ried", "Projekt für Frauen": a noun of a kind, and a preposition behind it."""
    place = thing.places[0]
    return place.head < place.last and tokens.tag(place.head + 1) in PREPOSITIONS


def _is_introduced_as(tokens: Tokens, thing: Thing, kind: str) -> bool:
    """Whether a thing is first named behind a noun of that kind."""
    return kind_of(introducing_noun(tokens, _first(thing))) == kind


def _by_rule(
    tokens: Tokens, phrase_of: dict[int, NounPhrase], projects: Sequence[Project], named: Sequence[ProjectMention]
) -> list[Thing]:
    places: list[list[ThingPlace]] = [[] for _ in projects]
    for mention in named:
        phrase = phrase_of.get(mention.first) or phrase_of.get(mention.last)
        inside = phrase is not None and mention.first <= phrase.head <= mention.last
        nouns = [i for i in range(mention.first, mention.last + 1) if tokens.is_noun(i)]
        head = phrase.head if phrase is not None and inside else (nouns or [mention.last])[0]
        places[mention.project].append(ThingPlace(mention.first, mention.last, head, phrase))
    return [Thing(project, tuple(own), "rule") for project, own in zip(projects, places, strict=True)]


def _quoted(
    tokens: Tokens, phrase_of: dict[int, NounPhrase], taken: set[int]
) -> Iterator[tuple[str, ThingPlace, FoundBy]]:
    """Short quotations that no rule took for a name; they may be one all the same ("kultour à la carte")."""
    for quotation in quotations(tokens.text):
        if not quotation.closed:
            continue
        inner = tokens.text[quotation.start : quotation.end].strip(" ,.")
        if not 1 <= len(inner.split()) <= _LONGEST_QUOTED or inner[-1:] in ":;":
            continue
        first, last = tokens.at(quotation.start), tokens.at(quotation.start + len(inner) - 1)
        if any(tokens.tags[index] in FINITE or tokens.tags[index] == "CARD" for index in range(first, last + 1)):
            continue  # what somebody says
        if inner.islower() and CAMEL.fullmatch(inner) is None:
            continue  # a word that is not the writer's own: "nicht ausreichend"
        if len(inner) >= _SHORTEST and not any(index in taken for index in range(first, last + 1)):
            taken.update(range(first, last + 1))
            yield inner, ThingPlace(first, last, last, phrase_of.get(first)), "quotation"


def _phrases(
    tokens: Tokens, phrases: Sequence[NounPhrase], taken: set[int]
) -> Iterator[tuple[str, ThingPlace, FoundBy]]:
    """Noun phrases whose head may be a name or stand for one thing."""
    for phrase in phrases:
        head = phrase.head
        if head in taken or phrase.numbers or not tokens.is_noun(head) or not _may_head(tokens, phrase):
            continue  # what is counted is several
        first = head
        while first > phrase.start and _belongs(tokens, first - 1):
            first -= 1
        last = _last(tokens, phrase)
        last = _around(tokens, head, last, taken)
        if is_class(tokens.lemmas[head], "generic") and not taken.isdisjoint((last + 1, last + 2)):
            continue  # "das Pilotvorhaben" before its name
        if first == last == head and (_is_any(tokens, phrase) or _is_field(tokens, phrase)):
            continue
        if tokens.word(last + 1) in _OPENING and last + 2 in taken:
            continue  # "das Kulturpaket „Vorhang auf“"
        if _is_class_word(tokens.lemmas[head]) and (first == last or is_plural(tokens, head)):
            continue  # "Projekte der Ruhr-Konferenz" are several
        yield candidate(tokens, first, last).name, ThingPlace(first, last, head, phrase), "phrase"


def _is_any(tokens: Tokens, phrase: NounPhrase) -> bool:
    """ "der Bau von Feuerwehrhäusern", "eine weitere Anlaufstelle": any of them, below the headline."""
    head = phrase.head
    if tokens.starts[head] < tokens.title_end:
        return False
    several = phrase.preposition is not None and tokens.word(phrase.preposition) == "von" and is_plural(tokens, head)
    return several or is_indefinite(tokens, head)


def _is_field(tokens: Tokens, phrase: NounPhrase) -> bool:
    """ "gegen Gewalt", "Amt für Gesundheit": a plain noun that says of something else what it is for."""
    word, lemma = tokens.words[phrase.head], tokens.lemmas[phrase.head]
    depends = phrase.preposition is not None or phrase.parent is not None
    return depends and lemma.lower() in common_nouns() and not word.isupper() and not _is_telling(word, lemma)


def _around(tokens: Tokens, head: int, last: int, taken: set[int]) -> int:
    """Last token of a name whose complement has another name.

    "Turnhalle am [Seen-Gymnasium]" and "Umbau der [Seebrücke]" go on over that; "Bericht zum [Seenplan]" does not.
    """
    other = next((index for index in range(head, last + 1) if index in taken), None)
    if other is None:
        return last
    joint = tokens.word(head + 1)
    at_place = (joint in _AT and not is_plural(tokens, head)) or (
        joint in ("der", "des") and tokens.lemmas[head].lower().endswith(_DONE_TO)
    )
    if not at_place or any(tokens.tags[index] not in _TO_COMPLEMENT for index in range(head + 1, other)):
        return next((index for index in range(other - 1, head, -1) if tokens.tags[index] not in _TO_COMPLEMENT), head)
    while last + 1 in taken and tokens.sentence[last + 1] == tokens.sentence[last]:
        last += 1
    return last


def _may_head(tokens: Tokens, phrase: NounPhrase) -> bool:
    word, lemma = tokens.words[phrase.head], tokens.lemmas[phrase.head]
    before = phrase.head - 1
    if (
        before >= phrase.start
        and _is_capital_adjective(tokens, before)
        and not is_place_adjective(tokens.words[before])
    ):
        return not is_role(lemma)  # "in der Neuen Mitte"
    bare = phrase.end == phrase.head + 1
    if not _may_name(word, lemma) or (bare and is_institutional(lemma)) or _is_dateline(tokens, phrase):
        return False
    return not bare or tokens.starts[phrase.head] < tokens.title_end or _is_telling(word, lemma)


@lru_cache(maxsize=50_000)
def _may_name(word: str, lemma: str) -> bool:
    """Whether a noun may head a name: no person, ministry or word for anything at all."""
    if len(lemma) < _SHORTEST or not word[:1].isupper() or lemma in NAMING.never:
        return False
    return not (is_role(lemma) or is_first_name(word) or is_class(lemma, "ministries"))


@lru_cache(maxsize=50_000)
def _is_telling(word: str, lemma: str) -> bool:
    """Whether a noun says by itself what it is: a compound, a word built like a name, a noun of a kind."""
    built = "-" in word or CAMEL.fullmatch(word) is not None
    compound = len(lemma) > SHORTEST_COMPOUND and split(lemma) is not None
    return built or compound or kind_of(lemma) is not None


def _is_dateline(tokens: Tokens, phrase: NounPhrase) -> bool:
    """ "Haltern am See – …": where a release was given out."""
    start = tokens.starts[phrase.start]
    opens = start > 0 and tokens.text[start - 1] == "\n"
    return opens and any(tokens.word(index) in ("–", "—", "-") for index in (phrase.end, phrase.end + 2))


@lru_cache(maxsize=50_000)
def _is_class_word(lemma: str) -> bool:
    """ "Projekt", "Grundschule": by itself such a noun says of what kind a thing is, not which one."""
    classes = (NOUNS.generic, NOUNS.named, NOUNS.topics, NOUNS.generic_compounds)
    return lemma.lower() in NAMING.kinds or any(lemma in nouns for nouns in classes)


def _belongs(tokens: Tokens, index: int) -> bool:
    """Whether a word before a noun is part of the name: "Einstein Stiftung", "Neue Wege"."""
    return tokens.tags[index] in ("NE", "FM") or _is_capital_adjective(tokens, index)


def _is_capital_adjective(tokens: Tokens, index: int) -> bool:
    opens = index == tokens.sentences[tokens.sentence[index]][0]
    return tokens.tags[index] == "ADJA" and tokens.words[index][:1].isupper() and not opens


def _last(tokens: Tokens, phrase: NounPhrase) -> int:
    """Last token of the phrase, with the complement that says which one it is: "für …", "des …", "in der …"."""
    last = phrase.end - 1
    following = tokens.word(last + 1)
    in_title = tokens.starts[phrase.head] < tokens.title_end
    if following in NAMING.complements or (in_title and following in NAMING.title_complements):
        genitive = following in ("des", "der")
        begin = last + 1 if genitive else last + 2
        end = complement_end(tokens, begin) if begin < len(tokens.words) else None
        if end is not None and tokens.sentence[end] == tokens.sentence[last]:
            return end
    return last
