"""Checking a statement: what the stored claims say to the numbers and states that it asserts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, Engine

from comparison.alike import Akin
from comparison.computed import computed
from comparison.figures import Evidence
from comparison.findings import GRAVITY, Finding, Verdict, nothing, with_similar
from comparison.findings import found as finding_of
from comparison.verdicts import judge, reasons_of
from db.claims.dictionary import in_dictionary
from db.claims.families import families
from db.claims.wording import spelt_otherwise
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from inquiries.asserted import asserted
from inquiries.candidates import Candidates, candidates
from inquiries.disputed import with_dispute
from inquiries.said import said_day
from models.calendar import berlin_day, names_month
from models.claim import Claim, Cue, Extraction
from models.errors import InputError
from models.keys import fold
from models.projects import ProjectGroup

LONGEST_STATEMENT = 5000
"""Characters: a paragraph or two, not a document."""

LONGEST_TEXT = 100_000
"""Characters: a long speech."""

_NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-ZÄÖÜ„\"]|\n")
_WORD = re.compile(r"[^\W\d_]+")

_TELLING = 1_000
"""From which on a number is hardly that of several things that are called the same."""

# A paragraph that is longer than a statement may be is taken in pieces that end with a sentence or a word.
_PIECE = f".{{0,{LONGEST_STATEMENT - 2}}}"
_PARAGRAPH = re.compile(rf"\S(?:{_PIECE}(?=\n|$)|{_PIECE}(?<=[.!?])(?=\s)|{_PIECE}(?=\s)|{_PIECE})")


@dataclass(frozen=True, slots=True)
class Check:
    """A statement with one finding for each claim in it; `verdict` is the gravest of them.

    `said_on` is the ISO day on which it was said, if that is known: what was published later decides nothing, and
    stands in `now`, the findings by what is known today. `spelt` is the statement with names that no claim has as the
    most similar that some have, where it is one sentence and nothing was found for it as it is.
    """

    statement: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    said_on: str | None = None
    now: tuple[Finding, ...] = ()
    spelt: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on."""
        return tuple(proof for each in self.findings if each.verdict == self.verdict for proof in each.evidence)


def check(
    engine: Engine, statement: str, extract: Callable[[str], Extraction], *, said_on: date | None = None
) -> Check:
    """Lays a statement beside the stored claims that it touches.

    Args:
        engine: the database.
        statement: as someone made it, at most 5,000 characters.
        extract: the extractor; it takes a text of the day on which the statement was made and gives what it states.
        said_on: that day, where it is not today, nor told in the statement ("…“, sagte sie am 3. Mai 2023").

    Raises:
        InputError: the statement is empty or too long.
    """
    statement = statement.strip()
    if not 0 < len(statement) <= LONGEST_STATEMENT:
        raise InputError(f"A statement to check has 1 to {LONGEST_STATEMENT} characters, not {len(statement)}.")
    said_on = said_on or said_day(statement)
    day = said_on.isoformat() if said_on else None
    with engine.connect() as connection:
        projects = ProjectNames(connection)
        names = [name for name in projects.names_in(statement) if _is_name(name, projects)]
        said = _Asked(statement, asserted(statement, names, extract), names)
        found = [_findings(connection, projects, said, asked, day) for asked in said.claims]
        nowhere = any(each.verdict == "unknown" for each, _ in found)
        spelt = _names_spelt(connection, statement) if nowhere else None
    then = tuple(each for each, _ in found)
    now = tuple(each for _, each in found) if day else ()
    return Check(statement, _gravest(then), then, day, now, spelt)


def check_text(
    engine: Engine, text: str, extract: Callable[[str], Extraction], *, said_on: date | None = None
) -> Check:
    """Checks a longer text, such as a speech or an article: each paragraph is a statement of its own.

    Raises:
        InputError: the text is empty or too long.
    """
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise InputError(f"A text to check has 1 to {LONGEST_TEXT} characters, not {len(text.strip())}.")
    then: list[Finding] = []
    now: list[Finding] = []
    for paragraph in _PARAGRAPH.finditer(text):
        checked = check(engine, paragraph[0], extract, said_on=said_on)
        then += (_moved(each, paragraph.start()) for each in checked.findings)
        now += (_moved(each, paragraph.start()) for each in checked.now)
    return Check(text, _gravest(then), tuple(then), said_on.isoformat() if said_on else None, tuple(now))


def _moved(finding: Finding, by: int) -> Finding:
    asked = finding.asked
    cues = tuple(Cue(cue.role, cue.start + by, cue.end + by) for cue in asked.cues)
    places = {name: getattr(asked, name) + by for name in ("start", "end", "sentence_start")}
    return replace(finding, asked=replace(asked, cues=cues, **places))


def _names_spelt(connection: Connection, statement: str) -> str | None:
    """A statement of one sentence with its misspelt names as they may be meant; other words are what they are."""
    if _NEXT_SENTENCE.search(statement):
        return None
    spelt = spelt_otherwise(connection, statement)
    if spelt is None:
        return None
    changed = set(_WORD.findall(statement)) - set(_WORD.findall(spelt))
    return spelt if all(word[0].isupper() and not in_dictionary(word) for word in changed) else None


def _gravest(findings: Sequence[Finding]) -> Verdict:
    verdicts = {each.verdict for each in findings} or {"unknown"}
    return next(verdict for verdict in GRAVITY if verdict in verdicts)


def _is_name(name: str, projects: ProjectNames) -> bool:
    """Whether a known name is more than words that anybody may use: "Ziel", "Land Berlin" are names, too."""
    if names_month(name) or all(fold(part) in families().lands | families().light for part in name.split()):
        return False
    return " " in name or not in_dictionary(name) or projects.is_registered(name)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement with its claims, and the names of known projects in it."""

    statement: str
    claims: Sequence[Claim]
    names: Sequence[str]


def _findings(
    connection: Connection, projects: ProjectNames, said: _Asked, asked: Claim, day: str | None
) -> tuple[Finding, Finding]:
    """The finding by what was known on `day`, and that by all that is known."""
    group = _programme(projects, said.names, asked)
    nouns = nouns_of(connection, group.name if group else None)
    found = candidates(connection, said.statement, said.claims, asked, group, nouns)
    is_whole = any(claim.whole is not None and said.claims[claim.whole] is asked for claim in said.claims)
    now = _judged(asked, group, found, None, is_whole=is_whole)
    then = now if day is None else _judged(asked, group, found, day, is_whole=is_whole)
    if asked.kind == "share" and "not_comparable" in (then.verdict, now.verdict):
        counts = candidates(connection, said.statement, said.claims, replace(asked, kind="count"), group, nouns)
        return _computed(asked, group, then, counts, day), _computed(asked, group, now, counts, None)
    now = _with_actor(with_dispute(connection, now, found.akin, None), found)
    return now if day is None else _with_actor(with_dispute(connection, then, found.akin, day), found), now


def _with_actor(finding: Finding, found: Candidates) -> Finding:
    """The finding, which says so where what it rests on does not tell who did it, as the statement does."""
    keys = {each.key for each in finding.stated}
    told = {each.actor for each in found.akin if each.stored.key in keys}
    return replace(finding, unsaid_actor=found.actor.text) if found.actor and told == {"unsaid"} else finding


def _computed(
    asked: Claim, group: ProjectGroup | None, finding: Finding, counts: Candidates, day: str | None
) -> Finding:
    """The finding where a share is not told, but can be computed of what is."""
    akin = _known(counts, day)
    pair = computed(asked, akin) if finding.verdict == "not_comparable" else None
    if pair is None:
        return finding
    stated = [each.stored for each in pair]
    return with_similar(finding_of(asked, "supported", "computed", group.name if group else None, stated), akin, {})


def _known(found: Candidates, day: str | None) -> list[Akin]:
    return [each for each in found.akin if day is None or (berlin_day(each.stored.published) or "") <= day]


def _judged(asked: Claim, group: ProjectGroup | None, found: Candidates, day: str | None, *, is_whole: bool) -> Finding:
    name = group.name if group else None
    akin = _known(found, day)
    if not akin or not found.heard:
        return with_similar(nothing(asked, name), akin, reasons_of(asked, akin, day=day or ""))
    finding = judge(asked, name, akin, day=day or "", is_whole=is_whole)
    if found.vague and asked.kind != "status" and not _says_no_more(finding, akin):
        reasons = reasons_of(asked, akin, day=day or "")
        return with_similar(finding_of(asked, "not_comparable", "vague", name, ()), akin, reasons)
    return finding


def _says_no_more(finding: Finding, about: Sequence[Akin]) -> bool:
    """Whether a vague statement is told as generally: "Es gibt 2.750 Kitas", and nothing else of them."""
    keys = {proof.key for proof in finding.stated}
    told = [each.claim for each in about if each.stored.key in keys]
    return finding.verdict == "supported" and all(
        each.status is None and each.value is not None and each.value >= _TELLING and not _restricted(each)
        for each in told
    )


def _restricted(claim: Claim) -> bool:
    return any(each.kind != "area" for each in claim.scope)


def _programme(projects: ProjectNames, names: Sequence[str], asked: Claim) -> ProjectGroup | None:
    """The project that a claim is about: the one read with it, else the longest known name in the statement."""
    for name in (asked.subject, *names[:1]):
        if name is not None and _is_name(name, projects):
            try:
                return projects.resolve(name)
            except InputError:
                continue
    return None
