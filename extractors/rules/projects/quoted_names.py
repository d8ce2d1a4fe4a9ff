"""Names that their form gives away: quotation marks, brackets with an acronym, CamelCase, foreign words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.quotes import quotations
from extractors.rules.projects.candidate import Candidate, candidate
from extractors.rules.projects.classes import is_class_noun, is_institution, is_institutional
from extractors.rules.projects.patterns import KNOWN, NOUNS
from extractors.rules.projects.phrases import CAMEL, NAME_TAGS, name_run, noun_before
from extractors.tokens import NOUNS as NOUN_TAGS
from extractors.tokens import Tokens

_GENDERED = re.compile(r"\w+Innen\b|\w+In\b|gGmbH|GmbH|mbH|\w*PDF\w*|km\w?|kW\w*|MW\w*|GWh?|TWh?|eV")
_ACRONYM = re.compile(r"[A-ZÄÖÜ][\w&-]*[A-ZÄÖÜ\d][\w&-]*(?: [A-ZÄÖÜ]\w+)?|[A-Z][a-z]?[A-Z]{1,5}")
_IN_BRACKET = re.compile(r"\(([A-ZÄÖÜ][\w-]{8,}(?: [\w-]+){0,6}) [–-] ([A-ZÄÖÜ]\w{2,14})\)")
_HASH_NAME = re.compile(r"(?<![\w&/])#(?=\D)(\w{4,})")
_SET_NAMES = re.compile("|".join(NOUNS.set_names))
_VERSION = re.compile(r"[A-ZÄÖÜ]{2,}\d\.\d")
_SHORT_FOR = re.compile(r"[“”\"«]\s?[,(]\s?(?:kurz|abgekürzt)(?:\sgenannt)?:?\s[„»\"]?([A-ZÄÖÜ][\w-]+)")
_CLOSING = frozenset('“”"«»‘’')
_LONGEST_NAME = 80
"""Characters."""
_SHORTEST_CAMEL = 5
"""Letters."""
_SHORTEST, _LONGEST_QUOTED = 3, 10
"""Letters of a name, and words between quotation marks."""


def quoted(tokens: Tokens) -> Iterator[Candidate]:
    """Names in quotation marks."""
    for quotation in quotations(tokens.text):
        if not quotation.closed:
            continue
        inner = tokens.text[quotation.start : quotation.end].strip(" ,.")
        words = inner.split(None, _LONGEST_QUOTED)
        if not 1 <= len(words) <= _LONGEST_QUOTED or len(inner) < _SHORTEST:
            continue
        if not (inner[0].isupper() or inner[0].isdigit() or inner[0] in "@#" or CAMEL.fullmatch(words[0])):
            continue
        if inner[-1] in ":;":
            continue
        first = tokens.at(quotation.start)
        before = noun_before(tokens, first - 1)
        if before is not None and (before in NOUNS.no_name_before or is_institutional(before)):
            continue
        if _is_speech(tokens, tokens.at(quotation.end)):
            continue
        classed = before is not None and is_class_noun(before)
        if not classed and not _name_like(tokens, first, tokens.at(quotation.end - 1), words):
            continue
        yield Candidate(inner, (), quotation.start)


def _is_speech(tokens: Tokens, mark: int) -> bool:
    """ "„Ein guter Tag für den Kreis“, so die Landrätin", "…“, sagte sie": who spoke follows the closing mark."""
    comma = mark + 1
    return tokens.word(comma) == "," and (tokens.word(comma + 1) == "so" or tokens.tag(comma + 1) == "VVFIN")


def _name_like(tokens: Tokens, first: int, last: int, words: list[str]) -> bool:
    """Without a class noun before it, quoted text is a name only if it looks like one: no clause, no scare quotes."""
    if any(tokens.tags[i].endswith("FIN") or tokens.tags[i].endswith("IMP") for i in range(first, last + 1)):
        return False
    if len(words) == 1:
        return bool(CAMEL.fullmatch(words[0])) or "-" in words[0] or tokens.tags[first] in ("NE", "FM")
    return sum(word[:1].isupper() for word in words) >= 2 and words[-1][-1] not in "!?."


def short_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "„Saubere Gewässer“, kurz „AquaPlus“": a name with the short one that it is called by."""
    for quotation in quotations(tokens.text):
        short = _SHORT_FOR.match(tokens.text, quotation.end) if quotation.closed else None
        if short is not None and quotation.end - quotation.start < _LONGEST_NAME:
            yield Candidate(tokens.text[quotation.start : quotation.end], (short[1],), quotation.start)


def hash_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "die Aktion #HalloNachbar"."""
    for match in _HASH_NAME.finditer(tokens.text):
        yield Candidate(match[1], (), match.start(1))


def set_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "der Runde Tisch Wasser": names whose form is fixed."""
    for match in _SET_NAMES.finditer(tokens.text):
        words = match[0].split()
        name = " ".join(["Runder", "Tisch", *words[2:]]) if words[0].startswith("Runde") else match[0]
        yield Candidate(name, (), match.start())


def with_acronym(tokens: Tokens) -> Iterator[Candidate]:
    """ "Sicherheitskooperation Ruhr (SiKo Ruhr)": the noun phrase before a bracket with its acronym.

    Laws have both inside it: "(Moorschutzzuständigkeitsverordnung Nord – MoorZVN)".
    """
    for match in _IN_BRACKET.finditer(tokens.text):
        yield Candidate(match[1], (match[2],), match.start(1))
    for match in re.finditer(r"\(([^()„“\"\n]{2,24})\)", tokens.text):
        acronym = match[1].strip()
        if not _ACRONYM.fullmatch(acronym) or acronym.isdigit():
            continue
        bracket = tokens.at(match.start())
        if bracket and tokens.words[bracket - 1] in _CLOSING:
            quoted = next((q for q in quotations(tokens.text) if q.end == tokens.starts[bracket - 1]), None)
            if quoted is not None and quoted.end - quoted.start < _LONGEST_NAME:
                yield Candidate(tokens.text[quoted.start : quoted.end], (acronym,), quoted.start)
            continue
        begin = _phrase_of_acronym(tokens, bracket - 1, acronym)
        if begin is None:
            continue
        words = tokens.words[begin:bracket]
        lemmas = [tokens.lemmas[i] for i in range(begin, bracket)]
        if not is_class_noun(lemmas[0]) and (is_institution(words) or is_institution(lemmas)):
            continue
        if begin == bracket - 1 and not tokens.lemmas[begin].lower().endswith(NOUNS.compound_heads):
            continue
        found = candidate(tokens, begin, bracket - 1)
        yield Candidate(found.name, (*found.aliases, acronym), found.start)


def _phrase_of_acronym(tokens: Tokens, last: int, acronym: str) -> int | None:
    """First token of the words that an acronym stands for: their initials agree with its first letter."""
    if last < 0 or tokens.tags[last] not in NAME_TAGS:
        return None
    initial = acronym[0].lower()
    letters = [char.lower() for char in acronym if char.isalpha()]
    capitals = sum(char.isupper() for char in acronym)
    begin = None
    sentence = tokens.sentence[last]
    for index in range(last, max(-1, last - 12), -1):
        if tokens.sentence[index] != sentence or (tokens.tags[index][:1] in ("V", "$") and tokens.words[index] != ","):
            break
        if tokens.words[index] == ",":
            break
        if tokens.words[index][:1].isupper() and tokens.words[index][0].lower() == initial:
            begin = index
            if last - index + 1 >= capitals - 1:
                break
    if begin is None:
        return _run_before(tokens, last) if CAMEL.fullmatch(acronym) else None
    joined = " ".join(tokens.words[begin : last + 1]).lower()
    position = 0
    for letter in letters[:3]:
        position = joined.find(letter, position) + 1
        if position == 0:
            return None
    return begin


def _run_before(tokens: Tokens, last: int) -> int | None:
    """First token of the nouns that end at `last`, where they look like a name: "Wasserstoff-Korridor Nordwest"."""
    begin = last
    while tokens.is_noun(begin - 1) and tokens.sentence[begin - 1] == tokens.sentence[last]:
        begin -= 1
    return begin if begin < last or "-" in tokens.words[last] else None


def camel_case(tokens: Tokens) -> Iterator[Candidate]:
    """Names by their capitals ("RegioLab")."""
    for index, word in enumerate(tokens.words):
        if not _is_camel_name(word):
            continue
        last = index
        while (
            last + 1 < len(tokens.words)
            and tokens.sentence[last + 1] == tokens.sentence[index]
            and (tokens.tags[last + 1] in ("NE", "FM") or re.fullmatch(r"20\d\d", tokens.words[last + 1]))
        ):
            last += 1
        if not is_institution(tokens.words[index : last + 2]):
            yield candidate(tokens, index, last)


@lru_cache(maxsize=50_000)
def _is_camel_name(word: str) -> bool:
    """ "RegioLab", "KI4.0"; no gender form ("SchülerInnen"), unit or address."""
    if len(word) < _SHORTEST_CAMEL or word[1:].islower():
        return False
    if _GENDERED.fullmatch(word) or "@" in word:
        return False
    return bool(_VERSION.fullmatch(word)) or ("." not in word and bool(CAMEL.fullmatch(word)))


def foreign_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "Research Alliance Ruhr": capitalised words in a row, one of them English for a thing."""
    if NOUNS.english.isdisjoint(tokens.words):
        return
    index = 0
    while index < len(tokens.words) - 1:
        last = name_run(tokens, index) if tokens.words[index][:1].isupper() and tokens.is_noun(index) else index - 1
        words = tokens.words[index : last + 1]
        tags = tokens.tags[index : last + 1]
        leading = any(word in NOUNS.english for word in words[:2]) or sum(word in NOUNS.english for word in words) > 1
        foreign = leading and any(tag in ("NE", "FM") for tag in tags)
        if last > index and foreign and set(tags) <= NOUN_TAGS | {"CARD"} and not is_institution(words):
            yield candidate(tokens, index, last)
        index = max(last, index) + 1


def known(tokens: Tokens) -> Iterator[Candidate]:
    """Names that `known.yaml` lists."""
    for project in KNOWN:
        for name in (project.name, *project.aliases):
            position = tokens.text.find(name)
            if (
                position >= 0
                and not tokens.text[position - 1 : position].isalnum()
                and not tokens.text[position + len(name) : position + len(name) + 2].strip("s")[:1].isalpha()
            ):
                yield Candidate(name, (), position)
                break
