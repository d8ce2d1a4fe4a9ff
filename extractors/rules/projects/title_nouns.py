"""What a release is about where its headline gives no proper name: "Schwimmkurse für Schulkinder", "Zwei Jahre LAF".

Such a thing is as good as named when the headline says which one it is and the body takes it up as known.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.german.words.compounds import split
from extractors.german.words.persons import is_role
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.candidate import Candidate, candidate
from extractors.rules.projects.classes import SHORTEST_COMPOUND, is_class, is_institution, is_institutional
from extractors.rules.projects.patterns import NOUNS
from extractors.rules.projects.phrases import complement_end, is_indefinite, is_place_adjective, name_run
from extractors.tokens import Tokens

_PLACING = frozenset({"in", "im", "auf", "am", "an", "zu", "bei"})

_SHORTEST_BEGIN, _SHORTEST_END = 5, 4
"""Letters of the two parts of a compound that the lexicon cannot part."""
_OFTEN = 4
"""Times that a text names what it is about."""


def topics(tokens: Tokens, named: Sequence[Candidate]) -> Iterator[Candidate]:
    """The headline's first noun for a thing that the body takes up again, with what says which one it is.

    None where the headline names a project before it, or where it only tells what is done to a named one
    ("Sanierung der Schwimmhalle Nord").
    """
    title = tokens.text[: tokens.title_end]
    places = (title.find(name) for c in named for name in (c.name, *c.aliases))
    first_name = min((place for place in places if place >= 0), default=len(title))
    stop = bisect_left(tokens.starts, tokens.title_end)
    for index in range(stop):
        if tokens.starts[index] >= first_name:
            return
        if tokens.tags[index] not in ("NN", "NE") or not _is_thing(tokens, index):
            continue
        last = _last(tokens, index, stop)
        if last == index and not _placed(tokens, index) and _is_plural_place(tokens, index):
            continue
        if first_name < tokens.ends[last] and tokens.lemmas[index] in TRANSPARENT_NOUNS:
            return
        if (last > index or _is_compound(tokens.lemmas[index])) and _taken_up(
            tokens, tokens.lemmas[index], stop, last > index
        ):
            yield _named(tokens, index, last)
            return
    if first_name == len(title):
        yield from _of_lead(tokens, stop)


def _of_lead(tokens: Tokens, stop: int) -> Iterator[Candidate]:
    """What the first sentence calls by a definite compound to which the text comes back again and again."""
    if stop + 1 >= len(tokens.words):
        return
    first, end = tokens.sentences[tokens.sentence[stop + 1]]
    for index in range(first + 1, end):
        placed = _placed(tokens, index)
        if tokens.tags[index] != "NN" or tokens.words[index - 1 - placed].lower() not in NOUNS.definite:
            continue
        lemma = tokens.lemmas[index]
        if _is_thing(tokens, index) and _is_compound(lemma) and tokens.lemmas.count(lemma) >= _OFTEN:
            yield _named(tokens, index, index)
            return


def _is_compound(lemma: str) -> bool:
    return len(lemma) > SHORTEST_COMPOUND and split(lemma) is not None


def _is_thing(tokens: Tokens, index: int) -> bool:
    lemma = tokens.lemmas[index]
    thing = is_class(lemma, "topics") or is_class(lemma, "named") or _ends_in_thing(lemma)
    return (
        thing
        and lemma not in NOUNS.generic_compounds
        and not is_institutional(lemma)
        and not is_role(lemma)
        and not is_class(lemma, "never_topics")
        and not is_indefinite(tokens, index)
        and not _has_proper_adjective(tokens, index)
    )


def _has_proper_adjective(tokens: Tokens, index: int) -> bool:
    """ "der Spartenoffenen Förderung": a capital inside a sentence marks a name, which is found as such."""
    before = index - 1
    return (
        before > 0
        and tokens.tags[before] == "ADJA"
        and tokens.words[before][:1].isupper()
        and tokens.tags[before - 1] in ("ART", "APPRART")
        and not _placed(tokens, index)
    )


def _placed(tokens: Tokens, index: int) -> bool:
    """ "Neuköllner Stadtbibliotheken"."""
    before = index - 1
    return before >= 0 and tokens.tags[before] == "ADJA" and is_place_adjective(tokens.words[before])


def _is_plural_place(tokens: Tokens, index: int) -> bool:
    """ "Mittelschulen": all schools of a kind are nobody's project."""
    word, lemma = tokens.words[index], tokens.lemmas[index]
    return word not in (lemma, lemma + "s", lemma + "es") and is_class(lemma, "named")


@lru_cache(maxsize=50_000)
def _ends_in_thing(lemma: str) -> bool:
    """ "Intensivkurs": a compound whose first part is no noun."""
    ends = (noun.lower() for noun in NOUNS.topics if len(noun) >= _SHORTEST_END)
    return any(lemma.endswith(end) and len(lemma) - len(end) >= _SHORTEST_BEGIN for end in ends)


def _last(tokens: Tokens, index: int, stop: int) -> int:
    """Last token of what says which one it is: "für die Stiftung", "des Görlitzer Parks", "auf dem Feld"."""
    last = index
    while last + 2 < stop and tokens.words[last + 1].lower() in ("für", "des", "der", "von", *_PLACING):
        genitive = tokens.words[last + 1].lower() in ("des", "der")
        end = complement_end(tokens, last + 1 if genitive else last + 2)
        if end is None or end >= stop or not _says_which(tokens, end):
            break
        last = end
        while last + 1 < stop and tokens.tags[last + 1] in ("NE", "NN") and tokens.words[last + 1][:1].isupper():
            last += 1
    return last


def _says_which(tokens: Tokens, index: int) -> bool:
    lemma = tokens.lemmas[index]
    return lemma not in NOUNS.undated and not is_class(lemma, "never_topics")


def _taken_up(tokens: Tokens, lemma: str, stop: int, specific: bool) -> bool:
    """Whether the body speaks of it as of something known, or, where the headline says which one it is, twice."""
    body = range(stop, len(tokens.words))
    places = [i for i in body if tokens.lemmas[i] == lemma]
    if (specific and len(places) > 1) or any(_is_definite(tokens, i) for i in places):
        return True
    # "Grippe-Impfungen …": "die Impfungen" may stand for it.
    head = lemma.rpartition("-")[2] if "-" in lemma else ""
    return bool(head) and specific and any(tokens.lemmas[i] == head and _is_definite(tokens, i) for i in body)


def _is_definite(tokens: Tokens, index: int) -> bool:
    before = index - 1
    while before > 0 and tokens.tags[before] == "ADJA":
        before -= 1
    return tokens.words[before].lower() in NOUNS.definite


def _named(tokens: Tokens, index: int, last: int) -> Candidate:
    """The whole phrase; a compound stands for it by itself."""
    placed = _placed(tokens, index)
    whole = candidate(tokens, index - 1 if placed else index, last)
    alone = _is_compound(tokens.lemmas[index]) and (placed or last > index)
    return Candidate(whole.name, (tokens.words[index],) if alone else (), whole.start)


def bodies(tokens: Tokens) -> Iterator[Candidate]:
    """The authority or company that a headline is about: its birthday ("Zwei Jahre LAF"), its head or board.

    Elsewhere such bodies speak or act, and are no project.
    """
    stop = bisect_left(tokens.starts, tokens.title_end)
    for index in range(1, stop - 1):
        begin = _after_birthday(tokens, index) or _after_office(tokens, index)
        if begin is not None and begin < stop:
            last = name_run(tokens, begin)
            words = tokens.words[begin : last + 1]
            known = is_institution(words) and (last > begin or "-" in words[0])
            if last >= begin and not is_class(tokens.lemmas[begin], "ministries") and (known or words[0].isupper()):
                yield candidate(tokens, begin, last)
                return


def _after_birthday(tokens: Tokens, index: int) -> int | None:
    """Where the name begins in "Zwei Jahre LAF", "25 Jahre Landesamt …"."""
    years = tokens.lemmas[index] == "Jahr" and tokens.tags[index - 1] == "CARD"
    return index + 1 if years and tokens.tags[index + 1] in ("NE", "NN") else None


def _after_office(tokens: Tokens, index: int) -> int | None:
    """Where the name begins in "Leiterin der Messe Nord GmbH", "Aufsichtsrat des Zoos"."""
    lemma = tokens.lemmas[index]
    office = lemma in NOUNS.boards or is_role(lemma)
    genitive = tokens.words[index + 1] in ("der", "des") and tokens.tags[index + 1] == "ART"
    return index + 2 if office and genitive and tokens.tags[index + 2 : index + 3] in (["NE"], ["NN"]) else None
