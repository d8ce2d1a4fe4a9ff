"""What a series counts, with the words that all its sentences have beside the noun: "überregionale Verbünde"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from comparison.likeness import stem
from models.keys import fold
from output.nouns import noun_as_written, noun_in_points

if TYPE_CHECKING:
    from comparison.figures import Evidence
    from comparison.series import Point

_WORD = re.compile(r"\w[\w*:/-]*|[^\w\s]")
_ATTRIBUTE = re.compile(
    r"(?!(?:sieben|[ks]?eine[nrms]?|beiden?|diese[nr]?)\Z)[a-zäöüß]{3,}(?:e|en|er|es|em)\Z|[A-ZÄÖÜ][a-zäöüß]{3,}er\Z"
)
_ALSO = frozenset({"und", "oder", "sowie"})
_SAYS_NOT_WHICH = re.compile(
    r"(?:Höhe|Verfügung|Umfang|Wert|Dank|[Jj]ahr|Funktion|Förderung|Alter|[Vv]olumen|[Ss]umme)\Z"
)
"""Ends of nouns of phrases that belong to the verb or to another number: "12 Anträge mit einem Volumen von …"."""
_GOES_ON = re.compile(
    r"und|oder|sowie|für|auf|an|am|in|im|aus|mit|ohne|vo[nm]|zu[rm]?|unter|über|bei|beim|de[rs]|ab|waren"
)
"""Words with which it goes on which things are counted: "Anträge auf Wohngeld", "Schulen und Kitas"."""
_ARTICLE = re.compile(
    r"d(?:ie|as|em|en)|(?:[ks]?ein|ihr|unser)(?:e[nmrs]?)?|alle[nr]?|als|(?:neu|sehr|besonders|[a-zäöü]+(?:lich|isch|ig))"
)
"""What else stands within a phrase, beside nouns and attributes: articles, and adverbs before an attribute."""
_BEGINS_SENTENCE = re.compile(r"Die|Der|Das|Dies\w*|Eine?|Im|In|Am|Mit|Für|Es|Sie|Wir|So|Zu[rm]?")
_FINITE = re.compile(
    r"(?:wurd|hatt|sollt|konnt|wollt|musst|durft|standen|ka?men|gingen|lagen|gaben|erhielten|nahmen|lebt|sollen)(?:en?)?"
)
_AGES = frozenset({"alt", "älter", "jünger"})
_PART_BEFORE = re.compile(r"\d[\d.,]*\s+(?:der|von|von den)\s+(?:insgesamt\s+)?\Z")
_LONGEST, _NEAR = 9, 25
"""Words of what is said behind a noun, and characters between a number and its noun, at most."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SIZED = re.compile(r"(?:quote|rate|anteil|wert|wachstum|index|grad|auslastung)\Z", re.IGNORECASE)
"""Ends of nouns whose size is a share."""
_OF = r"(?:der|des|aller|von|vom|ihrer|seiner|unserer|dieser)"
_FEW_WORDS = r"(?:[\w-]+\s+){0,3}?"
_OF_THEM = rf"(?:\s*\))?\s+{_OF}\s+{_FEW_WORDS}"
_THEIR_SHARE = rf"\w*[Aa]nteil\s+(?:{_OF}|an)\s+{_FEW_WORDS}"
"""Patterns before a noun: "Prozent [der befragten] Schulen", "[Anteil der] Schulen"."""


def noun_phrase_in_points(noun: str | None, points: Sequence[Point]) -> str | None:
    """As `noun_in_points`, with what all sentences say before and behind it of which are meant.

    Of shares only what they surely are of, else None: "42 Prozent wählen ein Gymnasium" is no share of Gymnasien.
    """
    written = noun_in_points(noun, points)
    if written is None:
        return None
    proofs = [point.proof for point in points]
    if proofs[-1].unit == "%":
        return written if all(_is_of(each, written) for each in proofs) else None
    beside = [_beside(each, written) for each in proofs]
    before = _in_all([before for before, _ in beside])
    behind = _begun_alike([behind for _, behind in beside])
    return " ".join((*before, written, *behind))


def _is_of(proof: Evidence, noun: str) -> bool:
    """Whether a share is one of the noun's things, or the noun's size."""
    if _SIZED.search(noun):
        return True
    word = rf"(?:\w+innen und )?{re.escape(_as_written(proof, noun))}\b"
    return bool(
        re.match(rf"{_OF_THEM}{word}", proof.behind)
        or re.search(rf"{_THEIR_SHARE}{word}", proof.before)
        or re.search(rf"{_OF}\s.*{word}", proof.quote)
    )


def _beside(proof: Evidence, noun: str) -> tuple[list[str], list[str]]:
    """The words between a number and its noun, and those behind both in which it is said which are meant."""
    as_written = _as_written(proof, noun)
    end = proof.place + len(proof.quote)
    place = proof.sentence.find(as_written, proof.place, end + _NEAR + len(as_written))
    if place < 0:  # "103 Professoren an Universitäten, 54 an Kunsthochschulen"
        return [], _which(proof.behind)
    between = _between(_WORD.findall(proof.sentence[proof.place : place]))
    if _PART_BEFORE.search(proof.before):  # "12 der 30 [Stellen mit Ärztinnen besetzt]"
        return between, []
    return between, _which(proof.sentence[max(place + len(as_written), end) :])


def _as_written(proof: Evidence, noun: str) -> str:
    return noun_as_written(proof.counted or noun, proof.quote, proof.sentence) or noun


def _which(behind: str) -> list[str]:
    """The words behind a number with its noun, up to another number or a stop; without a phrase that goes on there."""
    words = _WORD.findall(behind)[: _LONGEST + 1]
    told = [*takewhile(_is_plain, words[:_LONGEST])]
    if not told or not _GOES_ON.fullmatch(told[0]):
        return []
    if age := next((at for at, word in enumerate(told) if word in _AGES), None):
        return told[: age + 1]  # "waren 60 bis 80 Jahre alt [und 14 der Verstorbenen …]"
    if len(said := [*takewhile(_is_of_phrase, told)]) < len(told):
        return said  # "in der Kältehilfe [hat der Senat]"
    stop, following = [*words[len(told) :], "", ""][:2]
    if stop == "," and following[:1].isupper() and told[0] not in _ALSO:  # "aus Unis, Firmen und Ämtern"
        return _without_last_phrase(told)
    return told


def _without_last_phrase(words: list[str]) -> list[str]:
    return words[: max((at for at, word in enumerate(words) if _GOES_ON.fullmatch(word)), default=0)]


def _is_of_phrase(word: str) -> bool:
    """Whether a word can stand in the phrase that says which things are meant: no verb, no head of a sentence."""
    if word[0].isupper():
        return not _BEGINS_SENTENCE.fullmatch(word)
    if _GOES_ON.fullmatch(word) or _ARTICLE.fullmatch(word):
        return word != "waren"
    return bool(_ATTRIBUTE.match(word)) and not _is_verb(word)


def _is_verb(word: str) -> bool:
    """Whether a word that ends as attributes do is a verb: "stehen", "wurden"."""
    from db.claims.dictionary import in_dictionary, lemma_of

    return bool(_FINITE.fullmatch(word)) or (word.endswith("n") and in_dictionary(word) and lemma_of(word) == word)


def _is_plain(word: str) -> bool:
    return (word[0].isalpha() or word.isdigit()) and not _YEAR.fullmatch(word)


def _between(words: list[str]) -> list[str]:
    """What is said of a noun before it, with the ending that it has beside several: ["in", "Berlin", "lebende"]."""
    if words[-1:] == ["und"]:  # "Autorinnen und Autoren"
        words = words[:-2]
    said = [*takewhile(_ATTRIBUTE.match, reversed(words))][::-1]
    if said and len(rest := words[1 : -len(said)]) > 1 and all(word.isalpha() for word in rest):
        said = rest + said
    return [word.removesuffix("n") if _ATTRIBUTE.match(word) and word.endswith("en") else word for word in said]


def _in_all(words: Sequence[Sequence[str]]) -> Sequence[str]:
    """The newest of some words, where all others are forms of the same."""
    return words[-1] if len({tuple(map(_stem, some)) for some in words}) == 1 else ()


def _begun_alike(words: Sequence[Sequence[str]]) -> list[str]:
    """What the newest and most begin with, up to the last noun or age that says which things are meant."""
    *earlier, newest = words
    if all(some and some[-1] in _AGES for some in words):
        return list(newest)  # whatever the words, numbers of other ages are kept apart
    most = [some for some in earlier if [*map(_stem, some[:2])] == [*map(_stem, newest[:2])]]
    if 2 * len(most) < len(earlier):
        return []
    alike = takewhile(lambda some: len(set(map(_stem, some))) == 1, zip(*most, newest, strict=False))
    common = [some[-1] for some in alike]
    if common and common[0] in _ALSO:  # "Kinder und Jugendliche [Leistungen]"
        other = next((at for at, word in enumerate(common) if word[0].isupper()), len(common))
        if other + 1 < len(common) and not _GOES_ON.fullmatch(common[other + 1]):
            del common[other + 1 :]
    while common:
        following = newest[len(common)] if len(common) < len(newest) else ""
        if not _ends_phrase(common[-1]):
            common.pop()
        elif (following in _ALSO and common[0] not in _ALSO) or _ATTRIBUTE.match(following):
            common = _without_last_phrase(common)  # "an in Berlin [lebende Künstler]", "an Schulen [und Kitas]"
        else:
            break
    return common


def _ends_phrase(word: str) -> bool:
    return (word[0].isupper() or word in _AGES) and not _SAYS_NOT_WHICH.search(word)


def _stem(word: str) -> str:
    return stem(fold(word))
