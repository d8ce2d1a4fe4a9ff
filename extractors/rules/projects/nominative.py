"""The nominative of a name in another case: "des Deutschen Preises" is "Deutscher Preis"."""

import re
from itertools import takewhile

from extractors.german.words.genders import gender
from extractors.german.words.lemmas import LATIN, lemma
from extractors.rules.projects.classes import kind_of
from extractors.rules.projects.phrases import is_plural
from extractors.tokens import Tokens

_ENDINGS = {"masculine": "er", "neuter": "es", "feminine": "e"}
_OF_PLACE = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß]+(?<!isch)(?<!ich)(?<!ig)(?<!al)(?<!eu)(?<!nu)er|(?:Leipz|Danz|Braunschwe|Schlesw)iger"
)
"""Adjectives of places, which have no other form ("Berliner"); "Neuer" and "Digitaler" are others."""
_SHORTEST_WORD = 3
"""Letters of a foreign word that may end in the s of a German genitive."""
_DATIVES = frozenset({"den", "diesen", "unseren", "ihren", "seinen"})
_GENITIVE = frozenset({"des", "eines", "dieses", "seines", "ihres", "unseres"})


def nominative(tokens: Tokens, begin: int, last: int) -> str:
    """The words from `begin` to `last` as a name in the nominative, typesetting blanks mended."""
    words = tokens.words[begin : last + 1]
    head = _head(tokens, begin, last)
    before = tokens.before(begin)
    if head is not None and (before in _GENITIVE or tokens.words[head].endswith("s")):
        words[head - begin] = _without_genitive(tokens.words[head], tokens.lemmas[head], before in _GENITIVE)
    elif head is not None and before in _DATIVES:
        words[head - begin] = _without_dative(tokens.words[head], tokens.lemmas[head])
    if before in _GENITIVE and last > begin and tokens.tags[last] in ("NE", "FM") and len(words[-1]) > _SHORTEST_WORD:
        words[-1] = re.sub(r"(?<![sui])s$", "", words[-1])  # "des Cyber Resilience Acts"
    for index in range(begin, head or begin):
        if head is not None and tokens.tags[index] == "ADJA":
            words[index - begin] = _declined(words[index - begin], _ending(tokens, head))
    return _joined(tokens, begin, last, words)


def _head(tokens: Tokens, begin: int, last: int) -> int | None:
    """The noun that the name is declined by; in "Deutsche Wildtier Stiftung" the one that says what it is."""
    first = next((i for i in range(begin, last + 1) if tokens.tags[i] in ("NN", "NE")), None)
    if first is None or kind_of(tokens.lemmas[first]) is not None:
        return first
    row = takewhile(lambda i: tokens.tags[i] in ("NN", "NE"), range(first, last + 1))
    return next((i for i in row if kind_of(tokens.lemmas[i]) is not None), first)


def _without_genitive(word: str, lemma: str, genitive: bool) -> str:
    if word.lower().endswith("fonds") or LATIN.search(word):
        return word
    if word in (lemma + "s", lemma + "es"):
        return lemma
    if genitive and word.endswith("s") and not word.endswith(("ss", "us")) and lemma == word and "-" in word:
        return word[:-1]
    return word


def _without_dative(word: str, noun: str) -> str:
    """ "in den Hochschulverträgen": several, where the form without its ending is one of the same noun."""
    plain = word.removesuffix("n")
    several = word not in (noun, noun + "en") and plain.endswith(("e", "er", "el"))
    return plain if several and lemma(plain, "NN") == noun else word


def _ending(tokens: Tokens, head: int) -> str:
    """How an adjective ends before a noun in the nominative: "er", "e", "es"; "e" before several."""
    return "e" if is_plural(tokens, head) else _ENDINGS[gender(tokens.lemmas[head])]


def _declined(adjective: str, ending: str) -> str:
    """The adjective with a strong ending; one of a place has none."""
    stem = re.fullmatch(r"(\w+?)e[nrsm]?", adjective)
    return adjective if stem is None or _OF_PLACE.fullmatch(adjective) else stem[1] + ending


def _joined(tokens: Tokens, begin: int, last: int, words: list[str]) -> str:
    parts = []
    for index, word in zip(range(begin, last + 1), words, strict=True):
        gap = index < last and tokens.ends[index] < tokens.starts[index + 1]
        parts.append(word + (" " if gap else ""))
    return "".join(parts).strip()
