"""Nouns that tell an event: "[Start] der Kampagne", "Einladung zum [Richtfest]", "[Verlängerung] um vier Wochen"."""

from collections.abc import Iterator
from functools import lru_cache

from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS, VERBS, EventNoun, any_ends_so
from extractors.rules.statuses.setting import Setting, VerbReading, unfused
from extractors.tokens import NOUNS as NOUN_TAGS
from models.statuses import Status

_GENITIVES = frozenset({
    "der", "des", "einer", "eines", "seiner", "seines", "ihrer", "ihres", "unserer", "unseres", "dieser", "dieses",
})  # fmt: skip
_QUOTES = frozenset("„“\"»«‚'")
_AHEAD = 6
"""Tokens behind the noun in which its complement stands."""
_OF_TIMES = frozenset({"Beginn", "Start", "Abschluss", "Auftakt"})
_COMPOUND = 2
"""Letters by which a compound is at least longer than its end."""
_COMPOUND_ENDS = {
    end: (rank, noun)
    for rank, (noun, entry) in reversed([*enumerate(NOUNS.events.items())])
    if entry.compounds
    for end in (noun.lower(), "-" + noun)
}
"""Nouns by how compounds end in them, with their places in the list; of two that are written alike the first."""


def events(reading: VerbReading) -> Iterator[StatusMention]:
    """The nouns of a document that report an event."""
    for index, tag in enumerate(reading.tokens.tags):
        if tag not in NOUN_TAGS and tag != "TRUNC":
            continue
        found = event_noun(reading.tokens.lemmas[index]) or event_noun(reading.tokens.words[index])
        clause = reading.clause_of[index]
        if found is None or clause < 0:
            continue
        status = _Event(reading, reading.settings[clause], index, *found).status
        if status is not None:
            start, end = reading.tokens.span(index, index)
            verb = reading.clauses[clause].verb
            yield StatusMention(
                status, start, end, index, index, clause, "event", found[0], verb.negation if verb else (),
                theme="attribute", states=found[1].states,
            )  # fmt: skip


@lru_cache(maxsize=50_000)
def event_noun(lemma: str) -> tuple[str, EventNoun] | None:
    """The entry of a noun, or of the end of a compound: of those that fit, the one that is listed first."""
    if lemma in NOUNS.events:
        return lemma, NOUNS.events[lemma]
    ends = [end for begin in range(1, len(lemma)) if (end := _COMPOUND_ENDS.get(lemma[begin:]))]
    for _, noun in sorted(ends):
        entry = NOUNS.events[noun]
        if len(lemma) > len(noun) + _COMPOUND and lemma not in entry.not_compounds:
            return noun, entry
    return None


class _Event:
    """One noun of doing in its surroundings."""

    def __init__(self, reading: VerbReading, setting: Setting, index: int, noun: str, entry: EventNoun) -> None:
        self.reading, self.setting, self.index, self.noun, self.entry = reading, setting, index, noun, entry
        self.tokens = reading.tokens
        self.verbs = {*setting.lemmas}
        self.has_verb = setting.clause.verb is not None
        self.in_title = reading.tokens.starts[index] < reading.tokens.title_end
        self.joint = self._joint()
        self.ahead = self.tokens.lemmas[index + 1 : index + _AHEAD]

    @property
    def status(self) -> Status | None:
        """The state that the noun reports; None where it only names the doing or dates something."""
        entry = self.entry
        if not self._is_complemented() or not self._fits() or self._only_dates():
            return None
        if entry.kind == "action" and not self._reports(entry.headline):
            return None
        if entry.kind == "act" and not (self._has_own_verb() or not self.has_verb or self.in_title):
            return None
        if entry.only_verbs and not self._has_own_verb():
            return None
        if not self._has_own_verb() and (self.verbs & VERBS.keys()) - NOUNS.planning_verbs:
            return None
        for verb in self.verbs & entry.verbs.keys():
            return entry.verbs[verb]
        by_object = (s for s, nouns in entry.by_object.items() if any_ends_so(self.ahead, nouns))
        return next(by_object, entry.status)

    def _joint(self) -> str:
        """How the complement is joined: gen, quote, label or the preposition."""
        words, behind = self.tokens.words, self.index + 1
        if behind >= len(words):
            return ""
        word = words[behind].lower()
        if word in _GENITIVES or self.tokens.tags[behind] == "ADJA":
            return "gen"
        if words[behind] in _QUOTES:
            return "quote"
        return "label" if word == ":" else unfused(word)

    def _is_complemented(self) -> bool:
        complements = self.entry.complements
        is_compound = self.tokens.lemmas[self.index] != self.noun and self.tokens.words[self.index] != self.noun
        under_verb = (
            self.entry.kind == "action"
            and not self.entry.singular
            and bool((self.verbs & NOUNS.reporting_verbs) - {"sein"})
        )
        return self.joint in complements or "none" in complements or is_compound or under_verb

    def _fits(self) -> bool:
        entry = self.entry
        first, stop = self.tokens.sentences[self.tokens.sentence[self.index]]
        if self.noun in _OF_TIMES and not NOUNS.times.isdisjoint(self.ahead[:3]):
            return False
        if entry.singular and self.tokens.words[self.index] != self.noun:
            return False
        if entry.not_with and any_ends_so(self.ahead, entry.not_with):
            return False
        if entry.not_persons and any(NOUNS.persons.search(word) for word in self.ahead):
            return False
        if entry.facilities_only and not any(NOUNS.facilities.search(word.lower()) for word in self.ahead):
            return False
        paid = "money" in entry.needs and self.setting.has_money
        return not entry.needs or paid or any_ends_so(self.tokens.lemmas[first:stop], entry.needs)

    def _only_dates(self) -> bool:
        """Whether a preposition makes the event the date of something else: "seit der Gründung"."""
        phrase = self.reading.phrase_of.get(self.index)
        opener = self.tokens.before(self.index if phrase is None else phrase.start)
        preposition = self.reading.preposition(self.index) or unfused(opener)
        if phrase is not None and phrase.parent is not None:
            outer = event_noun(self.tokens.lemmas[self.reading.phrases[phrase.parent].head])
            return outer is None or outer[1].kind != "event"
        if preposition in NOUNS.dating or self.entry.no_preposition:
            return True
        if preposition in NOUNS.dating_unless_announced and not (self.in_title or self._is_announced()):
            return True
        return self.entry.kind != "event" and preposition in NOUNS.no_action_behind

    def _is_announced(self) -> bool:
        first, stop = self.tokens.sentences[self.tokens.sentence[self.index]]
        return not NOUNS.announcing.isdisjoint((*self.tokens.lemmas[first:stop], *self.tokens.words[first:stop]))

    def _reports(self, headline: bool) -> bool:
        """Whether an action is reported: in a headline, without a verb, under a reporting verb, or with "um"."""
        if headline and (self.in_title or not self.has_verb):
            return True
        reporting = NOUNS.reporting_verbs - NOUNS.planning_verbs - {"sein"}
        return bool(self.verbs & reporting) or self._has_own_verb() or self._is_measured()

    def _is_measured(self) -> bool:
        """ "Verlängerung [der Regeln] um vier Wochen"."""
        return "um" in self.tokens.words[self.index + 1 : self.index + _AHEAD]

    def _has_own_verb(self) -> bool:
        return bool(self.verbs & self.entry.verbs.keys())
