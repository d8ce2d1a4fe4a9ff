"""Names of persons in a document, and what a text calls them later ("Dr. Kollatz")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.german.syntax.structures import FINITE
from extractors.german.words.persons import is_first_name, is_office, is_role, is_title
from extractors.rules.speakers.patterns import VERBS
from extractors.tokens import Tokens

_PARTICLES = frozenset({"von", "van", "de", "der", "den", "zu", "zur", "da", "di", "dos", "el", "al", "le", "la"})
_LONGEST = 4
_INITIAL = re.compile(r"[A-ZÄÖÜ]\.")
_FRAME_WORDS = 14
"""Tokens between a name and the colon before what its bearer says: "Linn Quandt, Verein für alte Handwerke:"."""
_SENTENCE_ENDS = frozenset({".", "!", "?", "“", "«"})
_OPENING = frozenset({"„", "»", "“", '"'})
_IN_NAMES = frozenset({"NE", "NN", "FM", "XY", "ADJA", "ADJD", "TRUNC"})
"""Tags of a surname: the tagger takes many for nouns or, at the ends of lines, for adjectives."""
_DETERMINERS = frozenset({"ART", "ADJA", "APPRART", "CARD", "PIAT", "PPOSAT", "PDAT", "PWAT"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name where it stands: tokens `first` to `last`, titles excluded."""

    name: str
    first: int
    last: int


def persons(tokens: Tokens) -> list[Person]:
    """All names of persons in the order of the text; a surname alone takes the full name that the text gives."""
    capitalised = [index for index, word in enumerate(tokens.words) if word[0].isupper()]
    found = list(_full_names(tokens, capitalised))
    surnames: dict[str, str] = {}
    for person in found:
        surnames.setdefault(_surname(person.name), person.name)
    taken = {index for person in found for index in range(person.first, person.last + 1)}
    for index in capitalised:
        if index in taken:
            continue
        word = tokens.words[index]
        base = _base(word, surnames)
        if base in surnames:
            if _may_be_surname(tokens, index):
                found.append(Person(surnames[base], index, index))
        elif index and tokens.words[index - 1][0].isupper() and _called_by_role(tokens, index):
            surnames[word] = word
            found.append(Person(word, index, index))
    return sorted(found, key=lambda person: person.first)


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _base(word: str, surnames: dict[str, str]) -> str:
    """The surname without its genitive: "Oldags", "Matthäus’"."""
    if word in surnames or word[-1] not in "s’'":
        return word
    plain = word.rstrip("’'")
    return plain.removesuffix("s") if plain not in surnames and plain.removesuffix("s") in surnames else plain


def _may_be_surname(tokens: Tokens, index: int) -> bool:
    """A surname that is a common word too ("der Krach", "18 Bauer") has no determiner when it is a name."""
    if index and _follows_role(tokens, index):
        return True
    if tokens.tags[index] not in _IN_NAMES or (is_role(tokens.words[index]) and tokens.tags[index] != "NE"):
        return False
    return tokens.tags[index] in ("NE", "FM") or index == 0 or tokens.tags[index - 1] not in _DETERMINERS


def _follows_role(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index - 1]
    return is_role(word) or is_title(word)


def _called_by_role(tokens: Tokens, index: int) -> bool:
    """ "Innensenator Geisel": a role and a surname, where no full name stands in the text."""
    before, word = tokens.words[index - 1], tokens.words[index]
    following = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    if not _follows_role(tokens, index) or is_role(word) or is_title(word) or following[:1].isupper():
        return False
    # A noun in the plural is none: "mahnt die Senatorin Korrekturen an".
    named = tokens.tags[index] == "NN" and is_office(before) and tokens.lemmas[index] == word
    return named or tokens.tags[index] == "NE"


def _full_names(tokens: Tokens, capitalised: Sequence[int]) -> Iterator[Person]:
    forms, taken = frozenset(tokens.words), -1
    for index in capitalised:
        if index > taken and _begins_name(tokens, index):
            last = _name_end(tokens, index)
            if last is not None:
                yield Person(_written(tokens, index, last, forms), index, last)
                taken = last


def _begins_name(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    return (is_first_name(word) or _is_placed_like_name(tokens, index)) and not (is_role(word) or is_title(word))


def _is_placed_like_name(tokens: Tokens, index: int) -> bool:
    """Where only a person's name stands: behind a role or title, before a role in apposition, before a quotation.

    Rare first names are not listed, and the tagger takes them, or the surnames behind them, for nouns.
    """
    tags, words = tokens.tags[index : index + 3], tokens.words[index + 1 : index + 2]
    if tags[:2] == ["NN", "NE"]:
        return bool(index) and is_office(tokens.words[index - 1])
    if tags[:1] != ["NE"] or not words or not words[0][:1].isupper():
        return False
    if tags[1] != "NE":
        before = tokens.words[index - 1] if index else ""
        named = is_title(before) or is_office(before)
        return tags[1] == "NN" and not is_role(words[0]) and (named or _frames_quotation(tokens, index))
    if tokens.words[index].isupper():
        return False
    if index and _follows_role(tokens, index):
        return tags[2:] != ["NE"]
    following = tokens.words[index + 2 : index + 5]
    return (following[:1] == [","] and any(map(is_role, following))) or _frames_quotation(tokens, index)


def _frames_quotation(tokens: Tokens, index: int) -> bool:
    """ "Linn Quandt, Verein für alte Handwerke: „…": two words that begin what announces a quotation."""
    start = index + 2
    behind = tokens.words[start : start + _FRAME_WORDS]
    proper = behind[:1] == [":"] and tokens.tags[index + 1] == "NE"
    if behind[:1] not in ([","], [":"], ["("]) or ":" not in behind or not (proper or _opens_sentence(tokens, index)):
        return False
    colon = start + behind.index(":")
    verbs = [place for place in range(start, colon) if tokens.tags[place] in FINITE]
    told = any(tokens.lemmas[place] not in VERBS.saying for place in verbs)
    ended = not _SENTENCE_ENDS.isdisjoint(tokens.words[start:colon])
    return not told and not ended and tokens.word(colon + 1) in _OPENING


def _opens_sentence(tokens: Tokens, index: int) -> bool:
    """Behind other words two nouns are what somebody works for: "Stadträtin für Schule und Facility Management: „…"."""
    return index == tokens.sentences[tokens.sentence[index]][0] or tokens.words[index - 1] in _SENTENCE_ENDS


def _name_end(tokens: Tokens, index: int) -> int | None:
    """Last token of a full name that begins at `index`, or None."""
    last, position, sentence = index, index + 1, tokens.sentence[index]
    stop = min(len(tokens.words), index + _LONGEST)
    while position < stop and tokens.sentence[position] == sentence:
        word = tokens.words[position]
        following = tokens.words[position + 1] if position + 1 < len(tokens.words) else ""
        if _is_particle(word, following) and (last == index or is_first_name(tokens.words[last])):
            position += 1
            stop += 1
            continue
        if not _continues_name(tokens, position, last > index):
            break
        last = position
        position += 1
    return last if last > index and not _INITIAL.fullmatch(tokens.words[last]) else None


def _is_particle(word: str, following: str) -> bool:
    """ "[von] Weizsäcker", "[von] der Heide"."""
    return word in _PARTICLES and (following[:1].isupper() or following in _PARTICLES)


def _continues_name(tokens: Tokens, position: int, complete: bool) -> bool:
    word, tag = tokens.words[position], tokens.tags[position]
    if _INITIAL.fullmatch(word):
        return not complete
    if not word[:1].isupper() or len(word) < 2 or (word.isupper() and len(word) < 5) or is_title(word):
        return False
    if is_role(word):  # "Petra Richter": behind a first name what looks like a role is a surname
        return not complete and tag == "NE" and is_first_name(tokens.words[position - 1])
    behind_first_name = is_first_name(tokens.words[position - 1])
    if not complete and behind_first_name and tag in FINITE:  # "Ina Hebe": within a sentence no verb has a capital
        tag = "NE"
    return tag == "NE" or (tag in _IN_NAMES and (not complete or behind_first_name))


def _written(tokens: Tokens, first: int, last: int, forms: frozenset[str]) -> str:
    """The name as the nominative: a genitive's s is taken off where the text or the place shows that it is one."""
    name = " ".join(tokens.words[first : last + 1]).rstrip("’'")
    word = tokens.words[last]
    if not word.endswith("s"):
        return name
    attribute = first > 0 and tokens.tags[first - 1] == "NN" and not _follows_role(tokens, first)
    return name[:-1] if attribute or word[:-1] in forms else name
