"""The claim: one thing that a press release states, and the words that prove it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from models.quantity import Comparator, Kind
from models.statuses import Status

Modality = Literal["actual", "planned", "possible", "denied"]
ReportingBasis = Literal["stated", "release", "published"]
CueRole = Literal["status", "modality", "negation", "comparator", "speaker", "period", "subject"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MODALITIES: tuple[Modality, ...] = get_args(Modality)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that made a claim what it is; offsets count in the revision's text."""

    role: CueRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a release: a quantity of something, or the status of a named project.

    Offsets count characters of the release's canonical text (title, two newlines, body), so that
    `text[start:end] == quote`. Dates are ISO dates or prefixes ("2024", "2024-12-31"). Money is in
    whole currency units, shares are in percent.
    """

    kind: Kind
    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    rule: str
    value: Decimal | None = None
    value_to: Decimal | None = None
    comparator: Comparator | None = None
    unit: str | None = None
    counted: str | None = None
    of: Decimal | None = None
    status: Status | None = None
    subject: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    modality: Modality = "actual"
    speaker: str | None = None
    reporting_date: str | None = None
    reporting_basis: ReportingBasis = "published"
    cues: tuple[Cue, ...] = ()
    whole: int | None = None
    """Index, in the same extraction, of the claim that `of` comes from."""

    @property
    def comparator_word(self) -> str | None:
        """The word that made a number "about" or "more than", as it stands in the sentence ("knapp")."""
        for cue in self.cues:
            start, end = cue.start - self.sentence_start, cue.end - self.sentence_start
            if cue.role == "comparator" and 0 <= start < end <= len(self.sentence):
                return self.sentence[start:end].casefold()
        return None


@dataclass(frozen=True, slots=True)
class Project:
    """A named project, programme, initiative, fund, law or facility of one release."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that one release states, as read by one version of the extractor."""

    claims: tuple[Claim, ...]
    projects: tuple[Project, ...]
    reporting_date: str | None
    reporting_basis: ReportingBasis
    extractor_version: str


def plain(number: Decimal | None) -> str | None:
    """A Decimal as plain digits, without exponent or superfluous zeros ("1500", "2.5")."""
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def claim_record(claim: Claim, text: str, extractor_version: str) -> dict[str, Any]:
    """The claim as a JSON-ready record; cues carry their words beside their offsets."""
    return {
        "kind": claim.kind,
        "value": plain(claim.value),
        "value_to": plain(claim.value_to),
        "comparator": claim.comparator,
        "unit": claim.unit,
        "counted": claim.counted,
        "of": plain(claim.of),
        "status": claim.status,
        "subject": claim.subject,
        "since": claim.since,
        "until": claim.until,
        "as_of": claim.as_of,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "sentence": claim.sentence,
        "reporting_date": claim.reporting_date,
        "reporting_basis": claim.reporting_basis,
        "cues": [
            {"role": cue.role, "start": cue.start, "end": cue.end, "text": text[cue.start : cue.end]}
            for cue in claim.cues
        ],
        "whole": claim.whole,
        "rule": claim.rule,
        "extractor_version": extractor_version,
    }
