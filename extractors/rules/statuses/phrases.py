"""Set phrases: "[zur Verfügung] stellen", "geht [in die dritte Runde]", "das [in Kraft getretene] Gesetz"."""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import PHRASES, VERBS, Phrase, ThemeRole
from extractors.rules.statuses.setting import Setting
from models.statuses import Status

_LASTING: frozenset[Status] = frozenset({"under_review", "planned", "in_progress", "operating"})
_PLACES = frozenset({"in", "an", "auf"})
_ADVERBS = frozenset({"ADJD", "ADV", "PTKVZ", "VVPP", "VVINF", "VVIZU"})
_TAGS = _ADVERBS | {"NN", "NE"}
"""Of what a phrase is known by."""


def _by_word() -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, tuple[Phrase, ...]] = {}
    for phrase in PHRASES.phrases:
        for word in (*phrase.noun, *phrase.adverb):
            found[word] = (*found.get(word, ()), phrase)
    return found


def _by_end() -> dict[str, list[tuple[int, Phrase]]]:
    """The phrases that compounds may be part of, by the ends of those, with their places in the list."""
    found: dict[str, list[tuple[int, Phrase]]] = {}
    for rank, phrase in enumerate(PHRASES.phrases):
        for noun in phrase.noun if phrase.compounds else ():
            found.setdefault(noun.lower(), []).append((rank, phrase))
    return found


_BY_WORD = _by_word()
_BY_ADVERB = {word: own for word, known in _BY_WORD.items() if (own := tuple(p for p in known if p.adverb))}
_ENDS = _by_end()
_JOINED = {
    adverb + verb: phrase
    for phrase in PHRASES.phrases
    for adverb in phrase.adverb
    for verb in phrase.verbs
    if adverb + verb not in VERBS
}


def phrases(setting: Setting) -> Iterator[tuple[StatusMention, frozenset[str]]]:
    """The set phrases of a clause, each with the verbs that it takes for itself."""
    tokens = setting.tokens
    told: set[int] = set()
    for index in reversed(setting.clause.tokens):
        if tokens.tags[index] not in _TAGS:
            continue
        for phrase in _phrases_of(setting, index):
            verbs = _verbs(setting, phrase, index)
            if verbs is None or id(phrase) in told or not _holds(setting, phrase):
                continue
            told.add(id(phrase))
            mention = _mention(setting, phrase, index, verbs)
            if mention is not None:
                yield mention, verbs
                break
    for lemma in setting.lemmas:
        joined = _JOINED.get(lemma)
        verb = setting.clause.verb
        if joined is not None and verb is not None and _holds(setting, joined):
            place = next((i for i in verb.nonfinite if tokens.lemmas[i] == lemma), verb.finite)
            mention = _mention(setting, joined, place, frozenset({lemma})) if place is not None else None
            if mention is not None:
                yield mention, frozenset({lemma})


def _phrases_of(setting: Setting, index: int) -> tuple[Phrase, ...]:
    """The phrases whose noun or adverb stands at a token."""
    tokens = setting.tokens
    if tokens.tags[index] in _ADVERBS:
        return _BY_ADVERB.get(tokens.small[index], ())
    known = _of_noun(tokens.lemmas[index], tokens.words[index])
    if not known:
        return ()
    preposition = setting.reading.preposition(index)
    return tuple(
        phrase for phrase in known if (preposition in phrase.preposition if phrase.preposition else preposition is None)
    )


@lru_cache(maxsize=50_000)
def _of_noun(lemma: str, word: str) -> tuple[Phrase, ...]:
    """The phrases that have this noun, or the end of this compound."""
    known = {id(p): p for form in (lemma, word) for p in _BY_WORD.get(form, ()) if p.noun}
    small = lemma.lower()
    ends = [end for begin in range(len(small)) for end in _ENDS.get(small[begin:], ())]
    known |= {id(p): p for _, p in sorted(ends, key=itemgetter(0)) if lemma not in p.not_nouns}
    return tuple(known.values())


def _verbs(setting: Setting, phrase: Phrase, index: int) -> frozenset[str] | None:
    """The verbs of the clause that make the phrase; None where it lacks one."""
    verb = setting.clause.verb
    # "sind 42 abgeschlossen und 16 in Umsetzung": the participle shares its copula with the phrase.
    copula = ("sein",) if verb is not None and verb.voice == "state" else ()
    taken = phrase.verbs & {*setting.lemmas, *copula, _participle(setting, index)}
    if taken:
        return frozenset(taken)
    if verb is not None and not _follows_number(setting, index):
        return None
    lasting = phrase.status in _LASTING and (bool(phrase.adverb) or _PLACES.issuperset(phrase.preposition))
    return frozenset() if lasting and (phrase.adverb or phrase.preposition) else None


def _follows_number(setting: Setting, index: int) -> bool:
    """ "18 abgeschlossen, 7 [in Umsetzung], 2 eingestellt": whatever verb others of the list have."""
    phrase = setting.reading.phrase_of.get(index)
    if phrase is None or phrase.preposition is None:
        return False
    before = phrase.preposition - 1
    before -= setting.tokens.tag(before) in ("ADJA", "ADV", "PIS")  # "zwei weitere [im Bau]"
    return setting.tokens.tag(before) == "CARD"


def _participle(setting: Setting, index: int) -> str:
    """ "das in Kraft [getretene] Gesetz": the verb of the participle behind the phrase."""
    word = setting.tokens.words[index + 1].lower() if index + 1 < len(setting.tokens.words) else ""
    return PHRASES.participles.get(re.sub(r"e[nrsm]?$", "", word), "")


def _holds(setting: Setting, phrase: Phrase) -> bool:
    if phrase.needs and not setting.has_needed(phrase.needs):
        return False
    if phrase.not_needs and setting.has_needed(phrase.not_needs):
        return False
    if not phrase.not_subject.isdisjoint(setting.words):
        return False
    return not (phrase.not_persons and setting.has_person) and (setting.has_facility or not phrase.facilities_only)


def _mention(setting: Setting, phrase: Phrase, index: int, verbs: frozenset[str]) -> StatusMention | None:
    verb, tokens = setting.clause.verb, setting.tokens
    negations = () if verb is None else verb.negation
    status, states = phrase.status, phrase.states
    if status is None:
        status = phrase.money if setting.has_money else phrase.named
        states = "numbers" if setting.has_money else "names"
    if status is None or (states == "names" and phrase.status is None and setting.counted):
        return None
    if negations and phrase.negated:
        status, negations = phrase.negated, ()
    first, last = _span(setting, index, verbs)
    if status == "completed" and phrase.adverb and setting.is_nearly(index):
        status = "in_progress"
    lemma = tokens.lemmas[index] if phrase.noun else tokens.words[index].lower()
    return StatusMention(
        status, *tokens.span(first, last), first, last, setting.clause.index, "phrase", lemma, negations,
        theme=_theme(setting, phrase, verbs), states=states,
    )  # fmt: skip


def _span(setting: Setting, index: int, verbs: frozenset[str]) -> tuple[int, int]:
    """The phrase from its preposition to its verb, where that follows at once; what stands behind a noun as its
    postposition ("den Beschluss [nach] Vorliegen …") opens no set phrase.
    """
    tokens = setting.tokens
    first = last = index
    phrase = setting.reading.phrase_of.get(index)
    if phrase is not None and phrase.preposition is not None and phrase.preposition in setting.clause.tokens:
        first = min(index, phrase.preposition)
    behind = last + 1
    if behind < len(tokens.words) and behind in setting.clause.tokens:
        takes = tokens.lemmas[behind] in verbs and tokens.tags[behind][:1] == "V"
        last = behind if takes else last
    return first, last


def _theme(setting: Setting, phrase: Phrase, verbs: frozenset[str]) -> ThemeRole:
    """The object of "bringen", but the subject of "wurde gebracht" and "treten"."""
    verb = setting.clause.verb
    active = verb is not None and verb.voice == "active"
    if phrase.theme == "attribute":
        return "attribute"
    transitive = phrase.theme == "object" or (phrase.theme is None and not PHRASES.transitive.isdisjoint(verbs))
    return "object" if transitive and active else "subject"
