"""The claim: one thing that a press release states, and the words that prove it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from models.quantity import Comparator, Kind, NotClaim
from models.statuses import Status

Modality = Literal["actual", "planned", "possible", "denied"]
ReportingBasis = Literal["stated", "release", "published"]
Aspect = Literal["level", "change", "points", "increment", "total", "limit", "average"]
RestrictionKind = Literal["place", "area", "group", "quality", "part", "against"]
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
class Restriction:
    """What a number is restricted to: a place or a whole Land, a group, a quality of the things, a part of the whole;
    for a change, what it is measured against.

    `value` is the place's name, or the lemmas of the words at `start` to `end`, which count in the revision's text.
    """

    kind: RestrictionKind
    value: str
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
    aspect: Aspect | None = None
    per: str | None = None
    predicate: str | None = None
    span: str | None = None
    scope: tuple[Restriction, ...] = ()
    reporting_date: str | None = None
    reporting_basis: ReportingBasis = "published"
    cues: tuple[Cue, ...] = ()
    whole: int | None = None
    """Index, in the same extraction, of the claim that `of` comes from."""

    @property
    def comparator_word(self) -> str | None:
        """The word that made a number "about" or "more than", as it stands in the sentence ("knapp")."""
        word = next(self.words("comparator"), None)
        return word.casefold() if word is not None else None

    @property
    def status_word(self) -> str | None:
        """The word that tells the status, as it stands in the sentence ("fertiggestellt", "Richtfest")."""
        return next(self.words("status"), None)

    @property
    def before(self) -> str:
        """What its sentence says before the quote."""
        return self.sentence[: self.start - self.sentence_start]

    @property
    def behind(self) -> str:
        """What its sentence says behind the quote."""
        return self.sentence[self.end - self.sentence_start :]

    def words(self, role: CueRole) -> Iterator[str]:
        """The words of its sentence that made the claim what it is in some respect, as they stand there."""
        for cue in self.cues:
            start, end = cue.start - self.sentence_start, cue.end - self.sentence_start
            if cue.role == role and 0 <= start < end <= len(self.sentence):
                yield self.sentence[start:end]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a claim: what it is, and who reads or writes it.

    Attributes:
        name: of the attribute of `Claim`, and wherever claims are stored or given out.
        type: of its value; Decimals are given out as plain digits.
        meaning: for those who read or annotate claims, in Markdown.
        stored: as a column of its own name.
        correctable: reviewers may say that it reads otherwise.
        searched: a claim is found by its words.
        told: messages to those who watch carry it.
    """

    name: str
    type: type
    meaning: str
    stored: bool = True
    correctable: bool = False
    searched: bool = False
    told: bool = False


FIELDS: tuple[Field, ...] = (
    Field("kind", str, "what is stated; `status` carries no number", correctable=True, told=True),
    Field(
        "value",
        Decimal,
        '`"42"`, `"1500"`, `"2.5"`; money in whole currency units: `"136000000"`; share in percent: `"50"`',
        correctable=True,
        told=True,
    ),
    Field("value_to", Decimal, 'upper end of a range ("100 bis 150")', correctable=True, told=True),
    Field(
        "comparator",
        str,
        "`~` rund, etwa, circa, knapp, gut, fast, nahezu; `>` mehr als, über, weit über; `>=` mindestens; "
        "`<` unter, weniger als; `<=` bis zu, höchstens, maximal",
        correctable=True,
        told=True,
    ),
    Field(
        "unit",
        str,
        "money: the ISO code; share: `%`; measure: the unit's usual symbol in ASCII; duration: the English word; "
        "count: null",
        correctable=True,
        told=True,
    ),
    Field(
        "counted",
        str,
        "count: the head noun's lemma as stated (`Projektvorschlag`, `Professur`, `Jugendlicher`); share or measure: "
        "what is measured, if a noun says so; money: null",
        correctable=True,
        searched=True,
        told=True,
    ),
    Field(
        "of",
        Decimal,
        'the whole, when the clause says "42 von 73" / "von den 73 … sind 42 …"',
        correctable=True,
        told=True,
    ),
    Field(
        "status",
        str,
        "the state that the clause puts the counted things or the project in",
        correctable=True,
        told=True,
    ),
    Field(
        "subject",
        str,
        "the named project, programme or initiative that the claim is about, by its canonical name in this release",
        correctable=True,
        searched=True,
        told=True,
    ),
    Field("since", str, 'begin of the period stated for the claim: "seit 2022"', correctable=True),
    Field("until", str, 'end of that period: "bis 2029"', correctable=True),
    Field(
        "as_of",
        str,
        'date of the event or state itself: "Ende 2024", "zum Stichtag", "im Jahr 2023", "2024 wurden"',
        correctable=True,
    ),
    Field(
        "modality",
        str,
        "`planned`: soll, wird (future), geplant, vorgesehen, bis 2030, Ziel; `possible`: könnte, kann, würde; "
        "`denied`: negated and not itself a status",
        correctable=True,
        told=True,
    ),
    Field(
        "speaker",
        str,
        "the person to whom the statement is attributed (direct or indirect speech); null: the publisher itself",
        correctable=True,
        searched=True,
        told=True,
    ),
    Field(
        "aspect",
        str,
        '`level` "auf 58", "58 Plätze"; `change` "um 58", "58 mehr als"; `points` percentage points; `increment` '
        '"weitere 58"; `total` "insgesamt 58"; `limit` "höchstens 58"; `average` "im Durchschnitt 58"',
    ),
    Field(
        "per", str, 'for each of what a number is meant: `Antrag` ("je Antrag"), `Jahr` ("jährlich"), `each` ("je 58")'
    ),
    Field("predicate", str, 'what is said of the things beyond a status: "frei", "belegt", "beantragt", "ausgezahlt"'),
    Field(
        "span",
        str,
        "how long the period is that is stated: `day`, `week`, `month`, `quarter`, `half-year`, `year`, `5 years`",
    ),
    Field(
        "scope",
        tuple,
        "what the number is restricted to, with its words' place: `place` Pankow, `area` Deutschland, `group` "
        '"für Grundschulen", `quality` "geförderte", `part` "2. Bauabschnitt"; `against` what a change is measured',
    ),
    Field("reporting_date", str, "as at when the publisher gives its numbers", correctable=True, told=True),
    Field(
        "reporting_basis",
        str,
        "how that is known: `stated` in the claim's sentence, else the `release`'s (\"Sachstand zum Ende des Jahres "
        '2024", "Fortschrittsbericht … 2024"), else the day on which it was `published`',
    ),
    Field(
        "quote",
        str,
        "the shortest run of words, verbatim, that shows the claim; holds the number or the status words; locates it",
        told=True,
    ),
    Field("start", int, "`text[start:end] == quote`, the text being title, two newlines, body"),
    Field("end", int, "see `start`"),
    Field("sentence", str, "the words around the quote", searched=True, told=True),
    Field("sentence_start", int, "where they begin in the same text"),
    Field(
        "cues",
        tuple,
        "spans of the words that set status, modality, negation, comparator, speaker, period and subject",
        stored=False,
    ),
    Field("rule", str, "the rule that found the claim"),
    Field("whole", int, "the claim that `of` comes from, by its place among those of the release", stored=False),
)
"""All fields of a claim, each once, in the order in which they are given out."""
STORED_FIELDS = tuple(field.name for field in FIELDS if field.stored)
CORRECTABLE_FIELDS = tuple(field.name for field in FIELDS if field.correctable)
NUMBER_FIELDS = tuple(field.name for field in FIELDS if field.type is Decimal)


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
    not_claims: tuple[NotClaim, ...] = ()
    """The other numbers of the text, each with the reason why it is no claim."""


def plain(number: Decimal | None) -> str | None:
    """A Decimal as plain digits, without exponent or superfluous zeros ("1500", "2.5")."""
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def not_claim_record(other: NotClaim, text: str) -> dict[str, Any]:
    """A number that is no claim as a JSON-ready record, with its words."""
    words = text[other.start : other.end]
    return {"words": words, "start": other.start, "end": other.end, "reason": other.reason.value}


def claim_record(claim: Claim, text: str, extractor_version: str) -> dict[str, Any]:
    """The claim as a JSON-ready record; cues carry their words beside their offsets."""
    stated = {name: getattr(claim, name) for name in STORED_FIELDS}
    stated |= {name: plain(stated[name]) for name in NUMBER_FIELDS}
    stated["scope"] = [asdict(each) for each in claim.scope]
    # Who reads the lines of `bilanz extract --jsonl` knows them in this order.
    dated = {name: stated.pop(name) for name in ("reporting_date", "reporting_basis")}
    rule = stated.pop("rule")
    del stated["sentence_start"]
    cues = [
        {"role": cue.role, "start": cue.start, "end": cue.end, "text": text[cue.start : cue.end]} for cue in claim.cues
    ]
    return {
        **stated,
        **dated,
        "cues": cues,
        "whole": claim.whole,
        "rule": rule,
        "extractor_version": extractor_version,
    }
