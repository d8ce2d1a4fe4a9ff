"""Stretches of words that names are made of, and what stands around them."""

import re
from functools import lru_cache

from extractors.german.syntax.structures import FINITE
from extractors.rules.projects.patterns import NOUNS
from extractors.tokens import Tokens

_MARKS = frozenset('„“"»‚«')
_BEFORE_NOUN = frozenset({"ART", "APPR", "APPRART", "ADJA", "$("})
"""Tags of the words of a phrase before its noun."""
_INDEFINITE = frozenset({"ein", "kein", "jeder", "mehrere", "viel", "einig", "welch", "solch", "manch"})
"""Lemmas of what says that a noun is nobody's name."""
_DOING = "ung"
"""End of nouns that tell what is done to what stands behind them."""
_GENITIVE_ARTICLES = frozenset({"der", "des", "einer", "eines"})
_MOST_ENUMERATED = 4
"""Nouns that are listed behind the first of a name's end."""
NAME_TAGS = frozenset({"NE", "NN", "FM", "XY", "CARD", "TRUNC"})
CAMEL = re.compile(r"(?:[A-ZÄÖÜ]?[a-zäöüß]{2,}[A-ZÄÖÜ]\w*|[A-ZÄÖÜ]{2,}[a-zäöüß]{2,}\w*|[a-z]+[A-Z]{2,}\d*)")
_PLACE_ADJECTIVE = re.compile(
    r"(?!\w*(?:scher|licher|aler|iver|iger|uer|under|oßer|üner|ffener|eier|samer)$)[A-ZÄÖÜ][a-zäöüß]+er"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[/–-]\d{2,4})?")
_ROAD = re.compile(r"[ABKL] \d{1,4}")
_ROADS = frozenset({"A", "B", "K", "L", "S", "St"})
"""Classes of roads before their number."""
STREET = re.compile(r".*(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.?|[Aa]llee|[Pp]latz|[Uu]fer|[Dd]amm|[Gg]asse)")


def name_run(tokens: Tokens, index: int) -> int:
    """Last token of the run of capitalised words that begins at `index`; `index - 1` where there is none."""
    begin, last = index, index - 1
    sentence = tokens.sentence[last]
    while index < len(tokens.words) and tokens.sentence[index] == sentence:
        word, tag = tokens.words[index], tokens.tags[index]
        if tag == "CARD" and index > begin and tokens.words[index - 1] in _ROADS:
            return index  # "Staatsstraße St 2210"
        if tag == "CARD" and (index == begin or not re.fullmatch(r"(?:19|20)\d\d(?:/\d\d)?", word)):
            break
        adjective = index == begin and tag == "ADJA" and word[:1].isupper()
        if not adjective and tag not in NAME_TAGS and not (index > begin and _is_foreign(word, tag)):
            break
        if STREET.fullmatch(word) and tokens.tags[index + 1 : index + 2] == ["CARD"]:
            break
        if not (word[:1].isupper() or (index > begin and word[:1].isdigit()) or CAMEL.fullmatch(word)):
            break
        last = index
        index += 1
    return last - 1 if last >= begin and tokens.tags[last] == "TRUNC" else last


def _is_foreign(word: str, tag: str) -> bool:
    """ "das Projekt Fashion Hub": a verb with a capital inside a sentence is none."""
    return tag[:2] == "VV" and word.istitle()


def run_in_vorfeld(tokens: Tokens, noun: int, last: int) -> int:
    """Where a name goes on behind its first words: "Das Vorhaben [Wärme aus Wasser] läuft".

    What stands before the finite verb is one phrase; bare nouns in it that are no places belong to the name.

    Args:
        tokens: the document.
        noun: the class noun before the name.
        last: the last of the name's first words.
    """
    last = _with_second(tokens, last)
    begin = tokens.sentences[tokens.sentence[noun]][0]
    if any(tokens.tags[i] not in _BEFORE_NOUN for i in range(begin, noun)):
        return last
    index = last + 1
    while index + 1 < len(tokens.words) and tokens.tags[index] in ("APPR", "APPRART", "KON"):
        while tokens.tags[index + 1] in ("APPR", "APPRART", "ART") and index + 2 < len(tokens.words):
            index += 1  # "im Sport und in der Kultur"
        end = name_run(tokens, index + 1)
        if (
            end <= index
            or tokens.tags[end] != "NN"
            or not NOUNS.known_places.isdisjoint(tokens.words[index + 1 : end + 1])
        ):
            return last
        index = end + 1
    return index - 1 if index < len(tokens.words) and tokens.tags[index] in FINITE else last


def _with_second(tokens: Tokens, last: int) -> int:
    """ "der Masterplan Wohnen und Leben": a second common noun without an article after a first one."""
    second = last + 2
    if second >= len(tokens.words) or tokens.tags[last : second + 1] != ["NN", "KON", "NN"]:
        return last
    if tokens.sentence[second] != tokens.sentence[last] or tokens.is_noun(second + 1) or is_plural(tokens, second):
        return last
    return second


@lru_cache(maxsize=20_000)
def is_place_adjective(word: str) -> bool:
    """Whether a word is an adjective of a place: "Berliner"."""
    return _PLACE_ADJECTIVE.fullmatch(word) is not None


def is_plural(tokens: Tokens, index: int) -> bool:
    """A plural of a class ("Klimaschutzprogramme") is no name."""
    word, lemma = tokens.words[index], tokens.lemmas[index]
    if word == lemma + "n" and lemma.endswith("e"):
        return True  # feminine nouns in -e have no other form with -n
    return (word != lemma and word not in (lemma + "s", lemma + "es", lemma + "n")) or (
        word == lemma + "n" and tokens.before(index) in ("die", "der", "den", "in", "aller")
    )


def is_indefinite(tokens: Tokens, index: int) -> bool:
    """ "ein Förderpreis", "mehrere Strategien": somebody's, not a name."""
    before, farthest = index - 1, max(0, index - 3)
    while before >= farthest and tokens.tags[before] == "ADJA":
        before -= 1
    return before >= farthest and (
        tokens.lemmas[before].lower() in _INDEFINITE
        or (tokens.tags[before] == "CARD" and not tokens.before(before).startswith("§"))
    )


def complement_end(tokens: Tokens, index: int) -> int | None:
    """Last token of the noun phrase that begins at `index`, a coordinated noun and one genitive included."""
    sentence = tokens.sentence[index]
    last = None
    for position in range(index, min(index + 7, len(tokens.words))):
        tag = tokens.tags[position]
        if tokens.sentence[position] != sentence or tag not in ("ART", "ADJA", "NN", "NE", "FM", "TRUNC", "KON"):
            break
        if tag in ("NN", "NE", "FM"):
            last = position
            # "der Zitadelle Spandau", "für Social Entrepreneurs", "an der Alice Salomon Hochschule"
            goes_on = {"KON", "NE"} if tag == "NN" else {"KON", "NE", "FM", "NN"}
            if goes_on.isdisjoint(tokens.tags[position + 1 : position + 2]):
                break
    if last is not None and tokens.words[last] in NOUNS.deeds:
        object_ = last + 2
        if tokens.words[last + 1 : object_] == ["von"] and tokens.tags[object_ : object_ + 1] == ["NN"]:
            return object_
    if last is None or tokens.lemmas[last] == "Jahr":
        return None  # "der Haushalt für die Jahre 2024 und 2025"
    last = _enumerated(tokens, _with_object(tokens, last))
    if _ROAD.fullmatch(" ".join(tokens.words[last + 1 : last + 3])):
        return last + 2
    _, stop = tokens.sentences[sentence]
    behind = tokens.words[last + 1 : min(last + 3, stop)]
    if behind and tokens.words[last].isupper() and behind[0] in NOUNS.known_places:
        return last + 1  # "an der TU Berlin"
    crosses = len(behind) == 2 and behind[0] in ("/", "Ecke") and STREET.fullmatch(tokens.words[last])
    return last + 2 if crosses and STREET.fullmatch(behind[1]) else last  # "in der Amselstraße / Finkenstraße"


def _with_object(tokens: Tokens, last: int) -> int:
    """ "zur Erhöhung [der Impfquote]": last token of the genitive that says what is done to what."""
    _, stop = tokens.sentences[tokens.sentence[last]]
    if not tokens.lemmas[last].endswith(_DOING) or tokens.word(last + 1) not in _GENITIVE_ARTICLES:
        return last
    noun = last + 2
    while noun < stop and tokens.tags[noun] in ("ADJA", "TRUNC", "KON"):
        noun += 1
    if noun >= stop or not tokens.is_noun(noun):
        return last
    return noun + 1 if noun + 1 < stop and tokens.tags[noun + 1] == "NE" else noun


def _enumerated(tokens: Tokens, last: int) -> int:
    """Last token of bare nouns that go on behind one: "für Schulen[, Kitas und Horte]", "für Häfen [von Inseln]"."""
    _, stop = tokens.sentences[tokens.sentence[last]]
    if tokens.word(last + 1) == "von":
        of = _bare_noun(tokens, last + 2, stop)
        return of if of is not None and is_plural(tokens, of) else last
    end, joints = last, 0
    while end + 1 < stop and tokens.words[end + 1] in (",", "und") and joints < _MOST_ENUMERATED:
        joint, noun = tokens.words[end + 1], _bare_noun(tokens, end + 2, stop)
        if noun is None:
            return last
        end, joints = noun, joints + 1
        if joint == "und":
            return end if joints > 1 else last
    return last


def _bare_noun(tokens: Tokens, index: int, stop: int) -> int | None:
    """The noun at a token, with adjectives but no article before it."""
    while index < stop and tokens.tags[index] == "ADJA":
        index += 1
    return index if index < stop and tokens.tags[index] == "NN" else None


def edition_end(tokens: Tokens, last: int) -> int:
    """Last token of the year or the span of years behind a name: "2030", "2025 – 2029"; `last` where there is none."""
    words, end = tokens.words, last + 1
    if end >= len(words) or not words[end][0].isdigit() or not _YEARS.fullmatch(words[end]):
        return last
    if tokens.sentence[end] != tokens.sentence[last]:
        return last
    spanned = len(words) > end + 2 and words[end + 1] in ("–", "-", "/", "bis") and _YEARS.fullmatch(words[end + 2])
    return end + 2 if spanned and tokens.sentence[end + 2] == tokens.sentence[last] else end


def introduces_name(tokens: Tokens, index: int) -> bool:
    """ "das Leseprogramm „Lesen macht stark“", "das Sicherheitsprogramm KOMPASS": the name follows."""
    following = index + 1
    if following >= len(tokens.words) or tokens.sentence[following] != tokens.sentence[index]:
        return False
    if tokens.words[following] in ("–", "-") and CAMEL.fullmatch("".join(tokens.words[following + 1 : following + 2])):
        return True
    return (
        tokens.words[following] in '„“»"‚'
        or CAMEL.fullmatch(tokens.words[following]) is not None
        or (tokens.tags[following] in ("NE", "FM") and tokens.words[following] not in NOUNS.known_places)
    )


def is_name_part(tokens: Tokens, index: int) -> bool:
    """Whether a token is a proper noun or a foreign word."""
    return index >= 0 and tokens.tags[index] in ("NE", "FM")


def noun_before(tokens: Tokens, mark: int) -> str | None:
    """Lemma of the noun right before the opening mark, or the word that stands there instead of one."""
    index = mark - 1
    if index < 0:
        return None
    if tokens.words[index] == "(":
        return None
    return tokens.lemmas[index] if tokens.is_noun(index) else tokens.words[index]


def introducing_noun(tokens: Tokens, first: int) -> str:
    """Lemma of the noun right before a name, an opening mark passed over: "die App „NINA“"; "" where none is."""
    index = first - 1
    if index > 0 and tokens.words[index] in _MARKS:
        index -= 1
    return tokens.lemmas[index] if index >= 0 and tokens.tags[index] == "NN" else ""
