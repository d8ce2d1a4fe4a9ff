"""What the rule of statuses finds."""

from dataclasses import dataclass
from typing import Literal

from extractors.rules.statuses.patterns import States, ThemeRole
from models.claim import Modality
from models.statuses import Status

MentionSource = Literal["verb", "phrase", "participle", "event"]


@dataclass(frozen=True, slots=True)
class StatusMention:
    """Words that put something into a state.

    `start`/`end` are characters of those words, `first`/`last` their tokens, `clause` the index of their clause,
    `lemma` the verb or noun among them. `negations` are the tokens that deny the state; negations that are part of the
    status itself are not among them. `noun` is the noun that a participle modifies. `theme` tells what is put into the
    state: the subject of passives and of intransitive verbs, the object of others, "either" where a verb allows both
    ("starten"), the attribute of a noun that tells an event. `states` limits it to what is counted, or to what has a
    name. `underway` is the status where a present tells of now and not of what is to come.
    """

    status: Status
    start: int
    end: int
    first: int
    last: int
    clause: int
    source: MentionSource
    lemma: str
    negations: tuple[int, ...] = ()
    noun: int | None = None
    theme: ThemeRole = "either"
    underway: Status | None = None
    states: States | None = None

    def told_as(self, modality: Modality) -> Status:
        """The status of a claim: what the Land "baut" is under way, what it "baut bis 2030" is then completed."""
        return self.underway if self.underway and modality == "actual" else self.status

    @property
    def may_tell(self) -> frozenset[Status]:
        """The statuses that it tells, whatever the modality is."""
        return frozenset({self.status, self.underway or self.status})
