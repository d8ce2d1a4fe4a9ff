"""How much of a statement stands around a stored number: in its sentence, beside it, in headline and release."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from comparison.alike import Kinship
from db.claims.dictionary import in_dictionary
from db.claims.families import families
from db.claims.search_terms import dictionary_form, halves, stopwords
from inquiries.said import frames
from models.claim import Claim
from models.keys import fold
from models.nouns import Nouns
from models.stored import StoredClaim

_WORD = re.compile(r"[^\W\d_]+(?:[-*:/][^\W\d_]+)*|[A-ZÄÖÜ]+\d+\b")
_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÄÖÜ„\"])|\n+")
_OF_DATE = re.compile(r"Mitte(?=\s+(?:des\b|\d|Ja|Fe|Mä|Ap|Ma|Ju|Au|Se|Ok|No|De))")
# "Drei Studiengänge fangen im Herbst [an]."
_PREFIXES = (
    "ab|an|auf|aus|bei|ein|fest|fort|frei|her|hin|los|mit|nach|teil|um|vor|weg|weiter|zu|zurück|zusammen|bereit|hinzu"
)
_PREFIX = re.compile(rf"\b(?:{_PREFIXES})\b(?=\s*(?:[.,;:!?]|$)|\s+(?:und|oder)\b)")
_BEFORE_VERB = re.compile(rf"(?:{_PREFIXES})(?=[a-zäöü]{{3,}}n$)")
_ENDINGS = ("innen", "enden", "ende", "ern", "est", "en", "er", "es", "em", "et", "e", "n", "s", "t")
_SHORTEST_STEM, _SHORTEST_VERB, _ANYWHERE = 4, 3, 6
_KIN, _COMPOUND, _ONE_HALF = 0.9, 0.85, 0.3
_LEAD = 400
"""Characters of what stands at the beginning of a release, or right before and behind a sentence."""
_NUMBER_WORD = re.compile(r"(?i)^\w*(?:hundert|tausend|(?:zwan|vier|fünf|sech|sieb|acht|neun)zig|dreißig)$")
_OUT_OF = re.compile(r"\b(?:[Vv]on|[Uu]nter|[Aa]us)\b(?:\s+[^\s,;:.]+){0,5}\s*$")
"""Before a number of which some are told."""
_JOINT = re.compile(r",(?!\d)|;|\b(?:und|sowie|oder)\b")
_COMBINING = re.compile("[\u0300-\u036f]")
_Place = tuple[int, int]
"""Where something begins and ends in a sentence."""

HEADLINE, NEAR, RELEASE = 0.95, 0.75, 0.55
"""How well a word stands for a number that is found in the headline, beside its sentence, elsewhere in the release."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A telling word of a statement.

    Attributes:
        text: as it stands there.
        noun: whether it is written as a noun or name.
        stems: beginnings of words that stand for it, and how well (0 to 1).
        pairs: the two halves of a compound, as stems.
        terms: search terms that stand for it, and how well.
        soft: whether it makes a number more akin, but need not stand beside it.
        phrase: whether it is the noun of words that stand for a verb ("zur Verfügung"), which are its text.
        weight: how rare it is among the stored claims.
    """

    text: str
    noun: bool
    stems: Mapping[str, float]
    pairs: tuple[tuple[str, str], ...]
    terms: Mapping[str, float]
    soft: bool = False
    phrase: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Around:
    """A stored claim and what of a statement stands around it.

    Attributes:
        stored: the claim.
        levels: how well each word of the statement stands there (0 to 1).
        told: the sentence and the headline, bare.
        near: these and the sentences beside it.
        release: the whole text of the release, bare.
    """

    stored: StoredClaim
    levels: Mapping[Word, float]
    told: str = field(repr=False)
    near: str = field(repr=False)
    release: str = field(repr=False)

    @property
    def shared(self) -> float:
        """The share (0 to 1) of the statement's words that stand there, by their rarity."""
        total = sum(word.weight for word in self.levels)
        return sum(word.weight * level for word, level in self.levels.items()) / total if total else 0.0

    def lacking(self, noun_level: float, other_level: float) -> Word | None:
        """The rarest word that stands there less well."""
        return max(self.all_lacking(noun_level, other_level), key=lambda word: word.weight, default=None)

    def all_lacking(self, noun_level: float, other_level: float) -> list[Word]:
        """The words that stand there less well."""
        needed = {word: noun_level if word.noun else other_level for word in self.levels if not word.soft}
        return [word for word, least in needed.items() if self.levels[word] < least]


def words_of(statement: str, claims: Sequence[Claim], asked: Claim) -> list[Word]:
    """The telling words of a statement around one of its numbers; numbers and dates are none."""
    taken = [(claim.start, claim.end) for claim in claims if claim.value is not None]
    dated = [*frames(statement), *((cue.start, cue.end) for cue in asked.cues if cue.role == "period")]
    counts = {claim.start: claim.kind == "count" for claim in claims}
    start, end = asked.sentence_start, asked.sentence_start + len(asked.sentence)
    found: dict[str, Word] = {}
    parted = parted_verbs(statement[start:end])
    phrases = {each.end(): each[0] for each in _phrases().finditer(statement, start, end)}
    for match in _WORD.finditer(statement, start, end):
        text = parted.get(match.start() - start, match[0])
        quote = next((first for first, last in taken if first <= match.start() < last), None)
        if (
            not text
            or _OF_DATE.match(statement, match.start())
            or any(first <= match.start() < last for first, last in dated)
        ):
            continue
        word = _word(text, first_word=match.start() == start)
        if word is not None and match.end() in phrases:
            word = replace(word, text=phrases[match.end()], noun=False, soft=True, phrase=True)
        if word is not None and (quote is None or (counts[quote] and word.noun)):
            found.setdefault(fold(word.text), word)
    return list(found.values())


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(families().phrases)})\b")


def parted_verbs(sentence: str) -> dict[int, str]:
    """Verbs whose prefix stands at the end of their clause, by where their parts stand: "fangen … an" is "anfangen".

    The prefix by itself is an empty word.
    """
    found: dict[int, str] = {}
    for prefix in _PREFIX.finditer(sentence):
        for match in _WORD.finditer(sentence, 0, prefix.start()):
            verb = f"{prefix[0]}{dictionary_form(match[0].lower())}"
            is_verb = len(match[0]) >= _SHORTEST_VERB and (match.start() == 0 or match[0].islower())
            if is_verb and match.start() not in found and verb.endswith("n") and in_dictionary(verb):
                found |= {match.start(): verb, prefix.start(): ""}
                break
    return found


@lru_cache(maxsize=4096)
def _with_dictionary_forms(sentence: str) -> str:
    """A sentence, and behind it the dictionary forms of its verbs and adjectives: "nahm teil" is "teilnehmen", too."""
    words = {match[0] for match in _WORD.finditer(sentence) if match[0].islower()}
    forms = [*map(dictionary_form, sorted(words)), *filter(None, parted_verbs(sentence).values())]
    return " ".join([sentence, *(form for form in forms if form not in sentence)])


def _word(text: str, *, first_word: bool) -> Word | None:
    known = families()
    lemma = dictionary_form(text)
    if first_word and not lemma[:1].isupper():
        text = text.lower()
    lower = dictionary_form(text.lower()) if text[:1].islower() else lemma
    if (
        len(text) < 2
        or _NUMBER_WORD.search(text)
        or {fold(text), fold(lower)} & (stopwords() | known.light)
        or fold(lemma) in known.light
    ):
        return None
    prefix, base = _verb_parts(lower)
    own = {text, lemma, *([f"{prefix}{known.participles.get(base, f'ge{stem(base)}')}"] if prefix else [])}
    others = {other for word in own for other in known.of(word)}
    stems = {stem(word): _KIN for word in others} | {stem(word): 1.0 for word in own}
    parted = [*halves(lemma), *_hyphened(text)]
    pairs = tuple((stem(head), stem(tail)) for head, tail in parted)
    terms = {fold(part): _ONE_HALF for pair in parted for part in pair} | {fold(word): _KIN for word in others}
    return Word(
        text,
        text[:1].isupper(),
        stems,
        pairs,
        terms | {fold(word): 1.0 for word in own},
        {fold(lower), _without_signs(lemma)} & (known.soft | known.persons | known.lands) != set(),
    )


def _verb_parts(verb: str) -> tuple[str, str]:
    """The prefix and the rest of a verb that is written in two words, or with "ge" between them: "teil", "nehmen"."""
    prefix = _BEFORE_VERB.match(verb)
    base = verb[prefix.end() :] if prefix else ""
    return (prefix[0], base) if prefix and in_dictionary(base) else ("", "")


def _hyphened(text: str) -> list[tuple[str, str]]:
    head, hyphen, tail = text.rpartition("-")
    return [(head, dictionary_form(tail))] if hyphen and len(head) > 1 and len(tail) > 1 else []


def thing(asked: Claim, stored: Claim, nouns: Nouns, sentence: str, *, all_said: bool) -> Kinship:
    """Whether two numbers count the same; of shares, whether they are shares of the same.

    Of a share whose rules name no noun that of the statement must stand in its sentence.

    Args:
        asked, stored: the claims, whose nouns count in the series of `nouns`.
        sentence: that of the stored one, bare.
        all_said: whether all that the statement says stands in it; then "Menschen" may be those that it counts.
    """
    if asked.kind != stored.kind or asked.kind not in ("count", "share"):
        return "same"
    mine, theirs = nouns.series(asked.counted), nouns.series(stored.counted)
    if asked.kind == "share" and (mine is None or theirs is None):
        said = mine is None or any(each in sentence for each in (noun_key(mine), *_synonyms(mine)))
        return "same" if said else "other"
    if mine is None or theirs is None:
        return "other"
    one, other, persons = noun_key(mine), noun_key(theirs), families().persons
    if one == other:
        return "same"
    if fold(mine) in families().of_folded(theirs) or one.endswith(other) or other.endswith(one):
        return "kin"
    anybody = [_without_signs(noun) in persons for noun in (mine, theirs)]
    if (
        all(anybody)
        or (anybody[1] and _is_person(mine) and any(each in sentence for each in (one, *_synonyms(mine))))
        or (anybody[0] and _is_person(theirs) and all_said)
    ):
        return "kin"
    return "other"


def _synonyms(noun: str) -> list[str]:
    return [noun_key(each) for each in families().of(noun)]


def _without_signs(noun: str) -> str:
    return fold(_before_sign(noun))


def _before_sign(noun: str) -> str:
    """A noun without what follows a sign of gender: "Schüler*innen", "Schüler:innen"."""
    return noun.partition("*")[0].partition(":")[0]


def _is_person(noun: str) -> bool:
    """Whether a noun is a word for people: "Ratsuchender", "Teilnehmer"."""
    plain = _without_signs(noun)
    return plain.endswith(families().person_endings) or (
        plain.endswith("er") and in_dictionary(f"{_before_sign(noun)}in")
    )


def noun_key(noun: str) -> str:
    """What is counted as it is compared: bare, without ending, hyphen and the signs of gender."""
    return stem(_before_sign(noun.replace("-", "")))


def around(words: Sequence[Word], stored: StoredClaim, text: str, named: frozenset[str] = frozenset()) -> Around:
    """What of a statement's words stands around a stored claim in its release's text.

    Args:
        words: of the statement.
        stored: the claim.
        text: the canonical text of its release.
        named: words of the programme's name that is known to be meant, as they stand in the statement.
    """
    claim = stored.claim
    before, behind = _beside(claim, text)
    # What is said of a whole is said of its parts: "… betrugen 564 Millionen Euro. Davon …"
    told = claim.sentence if claim.of is None else f"{before} {claim.sentence}"
    sentence = bare(_with_dictionary_forms(told))
    places = [sentence, *map(bare, (stored.release_title, before, behind, _lead(text)))]
    release = bare(text)
    levels = {word: 1.0 if word.text in named else _level(word, places, release) for word in words}
    return Around(stored, levels, " ".join(places[:2]), " ".join(places[:-1]), release)


def of_another_number(words: Iterable[Word], claim: Claim, others: Sequence[Claim]) -> Word | None:
    """A noun or adjective of the statement that a claim's sentence says of another number, if any.

    "489,7 Millionen entfielen auf die Verwaltung und 74,9 [auf die Bezirke]". What stands before the first number is
    said of all of them.
    """
    begin = claim.sentence_start
    own, *places = ((each.start - begin, each.end - begin) for each in (claim, *others))
    first = min(start for start, _ in (own, *places))

    def is_of_another(word: re.Match[str]) -> bool:
        clauses = _clauses_between(claim.sentence, word.span(), own)
        nearer = any(_clauses_between(claim.sentence, word.span(), each) < clauses for each in places)
        return word.start() > first and nearer

    for word in words if places else ():
        is_verb = not word.noun and dictionary_form(word.text).endswith("n")
        if word.phrase or not (word.soft or is_verb or _stands_for(claim.counted or "", word)):
            found = [match for match in _WORD.finditer(claim.sentence) if _stands_for(match[0], word)]
            if found and all(map(is_of_another, found)):
                return word
    return None


def of_its_part(words: Iterable[Word], claim: Claim, parts: Sequence[Claim]) -> Word | None:
    """A verb or adjective of the statement that a sentence says of a part of a claim's number alone, if any.

    "Von 80 Fähren sind 60 seetüchtig": of the 80 it is not said.
    """
    begin = claim.sentence_start
    first = min((each.start for each in parts if each.start > claim.end), default=None)
    if first is None or _OUT_OF.search(claim.sentence[: claim.start - begin]) is None:
        return None
    for word in words:
        places = [match.start() for match in _WORD.finditer(claim.sentence) if _stands_for(match[0], word)]
        if places and min(places) >= first - begin and not (word.noun or word.soft):
            return word
    return None


def _clauses_between(sentence: str, one: _Place, other: _Place) -> int:
    first, last = sorted((one, other))
    return len(_JOINT.findall(sentence, first[1], last[0]))


def _stands_for(form: str, word: Word) -> bool:
    return any(bare(form).startswith(each) for each in word.stems)


def told(words: Sequence[Word], text: str) -> float:
    """The rarity of those words, together, that stand in a text as they are."""
    plain = bare(text)
    return sum(word.weight for word in words if any(_in(each, plain) for each in word.stems))


def _lead(text: str) -> str:
    """What a release is about: the beginning of its body."""
    return text.partition("\n\n")[2][:_LEAD].rpartition(" ")[0]


def _level(word: Word, places: Sequence[str], release: str) -> float:
    """How well a word stands for a number: in its sentence, the headline, another of `places`, or the release."""
    here, headline, *beside = (_held(word, place) for place in places)
    anywhere = max((value for each, value in word.stems.items() if _in(each, release)), default=0.0)
    levels = here, HEADLINE * headline, *(NEAR * each for each in beside), RELEASE * anywhere
    return max(*levels, _ONE_HALF * _half(word, places[0]))


def _held(word: Word, sentence: str) -> float:
    best = max((value for each, value in word.stems.items() if _in(each, sentence)), default=0.0)
    return max(best, _COMPOUND) if any(_joined(head, tail, sentence) for head, tail in word.pairs) else best


def _joined(head: str, tail: str, sentence: str) -> bool:
    """Whether the halves of a compound stand side by side: "Plätze in Kitas" for "Kitaplätze", "Kita-Neubauplätze"."""
    gap = r"\w*[- ](?!und\b|oder\b)(?:\w+ )?"
    one, other = (rf"\b{re.escape(part)}" for part in (head, tail))
    return re.search(rf"{one}(?:{gap}|\w*-\w+){re.escape(tail)}|{other}{gap}{one}", sentence) is not None


def _half(word: Word, sentence: str) -> bool:
    return any(_in(part, sentence) for pair in word.pairs for part in pair)


def _in(part: str, text: str) -> bool:
    if len(part) >= _ANYWHERE:
        return part in text
    return re.search(rf"\b{re.escape(part)}" + ("" if len(part) >= _SHORTEST_STEM else r"\b"), text) is not None


def _beside(claim: Claim, text: str) -> tuple[str, str]:
    """The sentences before and behind that of a claim."""
    start, end = claim.sentence_start, claim.sentence_start + len(claim.sentence)
    before = _SENTENCE_END.split(text[max(0, start - _LEAD) : start].rstrip())[-1]
    behind = _SENTENCE_END.split(text[end : end + _LEAD].lstrip())[0]
    return before, behind


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A text without case and diacritics, so that "Plätze" holds "platz"."""
    plain = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold().replace("ß", "ss")
    return plain if plain.isascii() else _COMBINING.sub("", plain)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word bare and without its ending."""
    plain = bare(word)
    ending = next((e for e in _ENDINGS if plain.endswith(e) and len(plain) - len(e) >= _SHORTEST_STEM), "")
    return plain.removesuffix(ending)
