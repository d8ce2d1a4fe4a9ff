"""Names that a class noun gives away: "das Projekt Berlin Decks", "Mobilitätsgesetz", "Haus der kleinen Forscher"."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from extractors.german.words.compounds import nouns as common_nouns
from extractors.german.words.compounds import split
from extractors.german.words.persons import first_names, is_role
from extractors.rules.projects.candidate import Candidate, candidate
from extractors.rules.projects.classes import (
    SHORTEST_COMPOUND,
    is_class,
    is_class_noun,
    is_institution,
    is_institutional,
    kind_of,
)
from extractors.rules.projects.patterns import NOUNS
from extractors.rules.projects.phrases import (
    CAMEL,
    STREET,
    complement_end,
    edition_end,
    introduces_name,
    is_indefinite,
    is_name_part,
    is_place_adjective,
    is_plural,
    name_run,
    run_in_vorfeld,
)
from extractors.tokens import PREPOSITIONS, Tokens

_SHORTEST_NAME = 9
"""Letters of a compound that is a name by itself."""


def after_class_noun(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Projekt Berlin Decks", "die Schwimmhalle Fischerinsel", "die Vorhaben Feldweiher und Schleipfuhl"."""
    for index in _nouns_before(tokens, 1):
        if _goes_on_small(tokens, index) or is_name_part(tokens, index - 1):
            continue
        lemma = tokens.words[index] if tokens.words[index].endswith("fonds") else tokens.lemmas[index]
        named = is_class(lemma, "named") or lemma in NOUNS.with_complement or _names_a_place(tokens, index)
        generic = is_class(lemma, "generic")
        if not generic and not named:
            continue
        plural = is_plural(tokens, index)
        if generic or not plural:
            determined = named and _is_determined(tokens, index)
            yield from _names_behind(tokens, index, lemma, generic=generic, plural=plural, determined=determined)


def _nouns_before(tokens: Tokens, words: int) -> list[int]:
    """The nouns behind which so many words stand at least."""
    return tokens.nouns[: bisect_left(tokens.nouns, len(tokens.words) - words)]


def _goes_on_small(tokens: Tokens, index: int) -> bool:
    following = tokens.words[index + 1]
    return following[:1].islower() and not CAMEL.fullmatch(following)


def _names_behind(
    tokens: Tokens, index: int, lemma: str, *, generic: bool, plural: bool, determined: bool
) -> Iterator[Candidate]:
    """The name behind a class noun, or the names behind one in the plural; the noun belongs to it unless generic."""
    begin = index + 1
    while begin < len(tokens.words) and tokens.sentence[begin] == tokens.sentence[index]:
        if _is_hyphenated_name(lemma) and is_plural(tokens, begin):
            return  # "Die Ruhr-Konferenz zeigt …" is named already; what follows is the next noun phrase
        last = name_run(tokens, begin)
        if begin == index + 1 and last >= begin:
            last = run_in_vorfeld(tokens, index, last)
        if last < begin or not _plausible(tokens, begin, last, determined=determined):
            return
        belongs = not generic or (begin == index + 1 == last and _is_of_region(tokens, index, lemma))
        yield candidate(tokens, index if belongs else begin, last)
        if not plural or tokens.word(last + 1) not in (",", "und", "sowie"):
            return
        begin = last + 2


def _is_of_region(tokens: Tokens, index: int, lemma: str) -> bool:
    """ "das Radwegeprogramm Seenland": a compound that says what it is about, and a plain proper noun, where it is."""
    telling = lemma.lower().endswith(NOUNS.compound_heads) and lemma not in NOUNS.generic_compounds
    word, lemma_behind = tokens.words[index + 1], tokens.lemmas[index + 1].lower()
    proper = word in NOUNS.regions or (word.istitle() and lemma_behind not in common_nouns())
    return telling and proper and len(lemma) > SHORTEST_COMPOUND


def _is_determined(tokens: Tokens, index: int) -> bool:
    """Whether a noun opens its sentence or follows a definite article."""
    opens = index == tokens.sentences[tokens.sentence[index]][0]
    return opens or tokens.before(index) in NOUNS.definite_articles


def _names_a_place(tokens: Tokens, index: int) -> bool:
    """ "das Klärwerk Süderelbe": a compound with a definite article before a proper noun is the name of a thing."""
    lemma, following = tokens.lemmas[index], tokens.words[index + 1]
    if tokens.tags[index + 1] != "NE" or following in first_names() or is_role(lemma) or is_institutional(lemma):
        return False
    of_place = following in NOUNS.known_places or following.removesuffix("s") in NOUNS.known_places
    if lemma in NOUNS.no_name_after or of_place:
        return False
    determined = tokens.tag(index - 1) in ("ART", "APPRART", "ADJA")
    return determined and len(lemma) > SHORTEST_COMPOUND and split(lemma) is not None


def _plausible(tokens: Tokens, begin: int, last: int, *, determined: bool) -> bool:
    """No person, authority or date: what follows a class noun without an article is its name otherwise."""
    words = tokens.words[begin : last + 1]
    if last + 1 < len(tokens.words) and STREET.fullmatch(tokens.words[last + 1]):
        return False
    person = words[0] in first_names() and not (last == begin and tokens.before(begin - 1) in NOUNS.definite_articles)
    if words[0] in NOUNS.no_name_after or person or any(map(is_role, words)):
        return False
    singular = (determined and tokens.lemmas[begin].lower() not in common_nouns()) or all(
        tokens.tags[i] != "NN" or not is_plural(tokens, i) for i in range(begin, last + 1)
    )
    of_several_phrases = any(tokens.tags[i] in PREPOSITIONS for i in range(begin, last))
    return singular and (of_several_phrases or not is_institution(words))


def of_genitive(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Haus der kleinen Forscher", "der Tag der Nachbarn"."""
    for index in _nouns_before(tokens, 2):
        of_kind = tokens.lemmas[index] in NOUNS.with_genitive and tokens.tags[index] == "NN"
        if not of_kind or is_plural(tokens, index):
            continue
        opens = index == tokens.sentences[tokens.sentence[index]][0]
        article = tokens.tag(index - 1) in ("ART", "APPRART") and not tokens.before(index).startswith("ein")
        if tokens.words[index + 1] not in ("der", "des") or not (article or opens):
            continue
        last = complement_end(tokens, index + 1)
        if last is not None and not is_institution(tokens.words[index + 2 : last + 1]):
            yield candidate(tokens, index, last)


def with_complement(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Bündnis für Familie", "der Pakt für den Rechtsstaat", "das Institut für Gesundheitsforschung"."""
    for index in _nouns_before(tokens, 2):
        if tokens.tags[index] != "NN" or tokens.words[index + 1] not in ("für", "gegen", "zur", "zum", "über"):
            continue
        if not _takes_complement(tokens.lemmas[index]):
            continue
        last = complement_end(tokens, index + 2)
        if last is not None and not is_indefinite(tokens, index) and not is_plural(tokens, index):
            yield candidate(tokens, _first_capital_adjective(tokens, index), last)


@lru_cache(maxsize=50_000)
def _takes_complement(lemma: str) -> bool:
    """Whether a name may go on behind a noun: "Aktionsplan", as "Landesaktionsplan" and "Bundesgesetz"."""
    level = next((part for part in NOUNS.levels if lemma.startswith(part)), "")
    return lemma in NOUNS.with_complement or bool(level and lemma.removeprefix(level).title() in NOUNS.with_complement)


def _first_capital_adjective(tokens: Tokens, index: int) -> int:
    """First of the adjectives written with a capital before a noun, or the noun."""
    begin = index
    while (
        begin
        and tokens.tags[begin - 1] == "ADJA"
        and tokens.words[begin - 1][:1].isupper()
        and tokens.sentence[begin - 1] == tokens.sentence[index]
    ):
        begin -= 1
    return begin


def headline_facility(tokens: Tokens) -> Iterator[Candidate]:
    """The headline's "Feuerwache am Nordhafen": a facility with its place."""
    stop = tokens.sentences[0][1] if tokens.sentences else 0
    for index in range(stop - 2):
        if tokens.tags[index] != "NN" or not is_class(tokens.lemmas[index], "named") or is_plural(tokens, index):
            continue
        position = _behind_purpose(tokens, index + 1, stop)
        if position >= stop - 1 or tokens.words[position] not in ("in", "auf", "am", "im", "an", "zu", "bei"):
            continue
        last = _place_end(tokens, position + 1, stop)
        if _is_place(tokens, last):
            yield candidate(tokens, index, last)


def _behind_purpose(tokens: Tokens, position: int, stop: int) -> int:
    """Where the words go on behind "für Kinder", if they begin so."""
    if tokens.words[position] != "für":
        return position
    while position + 1 < stop and tokens.tags[position + 1] in ("NN", "ADJA"):
        position += 1
    return position + 1


def _place_end(tokens: Tokens, last: int, stop: int) -> int:
    """Last token of the noun phrase that begins at `last`, names behind its noun included."""
    while last < stop - 1 and tokens.tags[last] in ("ART", "ADJA"):
        last += 1
    while (
        last < stop - 1
        and tokens.tags[last] in ("NE", "NN")
        and tokens.tags[last + 1] in ("NE", "NN")
        and tokens.words[last + 1][:1].isupper()
    ):
        last += 1
    return last


def _is_place(tokens: Tokens, last: int) -> bool:
    """Whether a noun names a place: it is in no lexicon, or a determiner or name stands before it."""
    lemma = tokens.lemmas[last]
    if tokens.tags[last] not in ("NE", "NN") or lemma in NOUNS.no_name_after or lemma.isupper():
        return False  # "im MWA": an office
    return lemma.lower() not in common_nouns() or tokens.tags[last - 1] in ("ART", "ADJA", "NE")


def dated(tokens: Tokens) -> Iterator[Candidate]:
    """A noun with its year: the headline's "Sommerschule 2020", in the body "der Nahverkehrsplan 2025 – 2029"."""
    stop = tokens.sentences[0][1] if tokens.sentences else 0
    for index in _nouns_before(tokens, 1):
        if (last := edition_end(tokens, index)) == index:
            continue
        lemma, word = tokens.lemmas[index], tokens.words[index]
        if index >= stop and (kind_of(lemma) is None or tokens.before(index) not in NOUNS.definite_articles):
            continue
        undated = lemma in NOUNS.undated or is_class(lemma, "reports")
        plain = undated or word in NOUNS.known_places or is_institutional(lemma)
        if not plain and not is_plural(tokens, index):
            yield candidate(tokens, index, last)


def acronym_first(tokens: Tokens) -> Iterator[Candidate]:
    """ "die BIG Strategie 2026": an acronym before a class noun."""
    for index, word in enumerate(tokens.words[:-1]):
        if not word.isupper() or tokens.tags[index + 1] != "NN" or not re.fullmatch(r"[A-ZÄÖÜ]{2,6}", word):
            continue
        following = tokens.lemmas[index + 1]
        if tokens.sentence[index] != tokens.sentence[index + 1] or is_institution([word, following]):
            continue
        if is_class_noun(following):
            dated = re.fullmatch(r"(?:19|20)\d\d", "".join(tokens.words[index + 2 : index + 3]))
            yield candidate(tokens, index, index + 1 + bool(dated))


def compounds(tokens: Tokens) -> Iterator[Candidate]:
    """ "Mobilitätsgesetz", "Startchancen-Programm", "Max-Schmeling-Halle": compounds that are names by themselves."""
    for index in tokens.nouns:
        word = tokens.words[index]
        if len(word) < _SHORTEST_NAME or not word[0].isupper():
            continue
        lemma = word if word.endswith(("fonds", "Bonus", "bonus")) else tokens.lemmas[index]  # not plurals
        if not _is_compound_name(lemma) or is_plural(tokens, index):
            continue
        if is_indefinite(tokens, index) and not _is_hyphenated_name(lemma):
            continue
        if introduces_name(tokens, index):
            continue
        place = index and tokens.tags[index - 1] == "ADJA" and is_place_adjective(tokens.words[index - 1])
        yield candidate(tokens, index - 1 if place else index, edition_end(tokens, index))


@lru_cache(maxsize=50_000)
def _is_compound_name(lemma: str) -> bool:
    """Whether a compound names a thing of its kind, which is no authority: "Mobilitätsgesetz"."""
    small = lemma.lower()
    if lemma in NOUNS.generic_compounds or small.endswith(NOUNS.briefings):
        return False
    named = small.endswith(NOUNS.compound_heads) or _is_hyphenated_name(lemma)
    return named and not is_institutional(lemma)


def _is_hyphenated_name(lemma: str) -> bool:
    """ "Max-Schmeling-Halle", "KiA-Programm", but not "Bühnen-Programm"."""
    modifier, hyphen, head = lemma.rpartition("-")
    if not hyphen or not modifier or not head[:1].isupper() or not is_class(head, "named"):
        return False
    return head not in NOUNS.plain_heads or bool(re.search(r"\w[A-ZÄÖÜ]", modifier))


def proper_adjectives(tokens: Tokens) -> Iterator[Candidate]:
    """ "der Deutsche Nachbarschaftspreis", "der Runde Tisch": a capital inside a sentence marks a name."""
    for index in range(1, len(tokens.words) - 1):
        if tokens.tags[index] == "ADJA" and _is_proper(tokens, index):
            last = index + 1
            while last + 1 < len(tokens.words) and tokens.tags[last] == "ADJA" and tokens.words[last][:1].isupper():
                last += 1
            if tokens.sentence[last] == tokens.sentence[index] and _is_thing_with_name(tokens, index, last):
                yield candidate(tokens, index, last)


def _is_proper(tokens: Tokens, index: int) -> bool:
    """Whether an adjective stands inside its sentence with a capital, and is of no place."""
    word = tokens.words[index]
    inside = tokens.sentence[index - 1] == tokens.sentence[index] and tokens.tags[index - 1][:1] != "$"
    return word[:1].isupper() and inside and not is_place_adjective(word)


def _is_thing_with_name(tokens: Tokens, index: int, last: int) -> bool:
    """Whether adjectives from `index` on and the noun `last` may name a project: no authority, person or plural."""
    lemma = tokens.lemmas[last]
    classed = is_class_noun(lemma) or lemma.lower().endswith(NOUNS.compound_heads)
    if tokens.tags[last] != "NN" or not classed or is_plural(tokens, last):
        return False
    words = [*tokens.words[index : last + 1], lemma]
    return not is_institution(words) and not any(map(is_role, words))
