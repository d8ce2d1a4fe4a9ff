"""The nominative of a name in another case: "des Deutschen Preises" is "Deutscher Preis"."""

import re

from extractors.german.words.lemmas import lemma
from extractors.rules.projects.patterns import NOUNS
from extractors.tokens import Tokens

_ENDINGS = {"masculine": "er", "neuter": "es", "feminine": "e"}
_GENDERS = tuple((noun, gender) for gender, nouns in NOUNS.gender.items() for noun in nouns)
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
    if tokens.tags[begin] == "ADJA" and head is not None:
        words[0] = _declined(words[0], tokens.lemmas[head])
    return _joined(tokens, begin, last, words)


def _head(tokens: Tokens, begin: int, last: int) -> int | None:
    return next((i for i in range(begin, last + 1) if tokens.tags[i] in ("NN", "NE")), None)


def _without_genitive(word: str, lemma: str, genitive: bool) -> str:
    if word.lower().endswith("fonds"):
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


def _declined(adjective: str, head_lemma: str) -> str:
    """The adjective with the strong nominative ending that its noun's gender asks for."""
    if re.fullmatch(r"[A-ZÄÖÜ][a-zäöüß]+er", adjective) and not adjective.endswith(
        ("ischer", "icher", "iger", "aler", "euer", "uer")
    ):
        return adjective
    stem = re.fullmatch(r"(\w+?)e[nrsm]?", adjective)
    if stem is None:
        return adjective
    low = head_lemma.lower()
    gender = next((gender for noun, gender in _GENDERS if low.endswith(noun)), "feminine")
    return stem[1] + _ENDINGS[gender]


def _joined(tokens: Tokens, begin: int, last: int, words: list[str]) -> str:
    parts = []
    for index, word in zip(range(begin, last + 1), words, strict=True):
        gap = index < last and tokens.ends[index] < tokens.starts[index + 1]
        parts.append(word + (" " if gap else ""))
    return "".join(parts).strip()
