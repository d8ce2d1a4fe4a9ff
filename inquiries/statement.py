"""Checking a statement: what the stored claims say to the numbers and states that it asserts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine, or_, select

from comparison.alike import same_thing
from comparison.figures import Evidence
from comparison.verdicts import GRAVITY, Finding, Verdict, at, found, judge, named_date, nothing, supporting
from db.claims.queries import load, stored_claims
from db.claims.search_terms import query_terms, terms_of
from db.curation.names import ProjectNames
from db.curation.nouns import nouns_of
from db.tables import Reading
from models.claim import Claim, Cue, Extraction
from models.errors import InputError
from models.keys import fold
from models.projects import ProjectGroup
from models.stored import StoredClaim

LONGEST_STATEMENT = 5000
"""Characters: a paragraph or two, not a document."""

_ALIKE = 2 / 3
"""Share of a statement's nouns that a sentence must have where no programme says what is meant."""


@dataclass(frozen=True, slots=True)
class Check:
    """A statement with one finding for each claim in it; `verdict` is the gravest of them."""

    statement: str
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on."""
        return tuple(proof for each in self.findings if each.verdict == self.verdict for proof in each.evidence)


def check(engine: Engine, statement: str, extract: Callable[[str], Extraction]) -> Check:
    """Lays a statement beside the stored claims that it touches.

    Args:
        engine: the database.
        statement: as someone made it, at most 5,000 characters.
        extract: the extractor; it takes a text and gives what it states.

    Raises:
        InputError: the statement is empty or too long.
    """
    statement = statement.strip()
    if not 0 < len(statement) <= LONGEST_STATEMENT:
        raise InputError(f"A statement to check has 1 to {LONGEST_STATEMENT} characters, not {len(statement)}.")
    with engine.connect() as connection:
        projects = ProjectNames(connection)
        names = projects.names_in(statement)
        claims = _read(statement, names, extract)
        wholes = {claim.whole for claim in claims if claim.whole is not None}
        findings = tuple(
            _finding(connection, projects, names, claim, is_whole=index in wholes) for index, claim in enumerate(claims)
        )
    verdicts = {each.verdict for each in findings} or {"unknown"}
    return Check(statement, next(verdict for verdict in GRAVITY if verdict in verdicts), findings)


def _read(statement: str, names: Sequence[str], extract: Callable[[str], Extraction]) -> list[Claim]:
    """The claims of a statement, offsets counted in it.

    A headline introduces the projects that we know, as a release would: a single sentence does not
    say that "SiKo Ruhr" is one.
    """
    headline = ", ".join(f"Projekt „{name}“" for name in names) or "Aussage"
    shift = len(headline) + 2
    extraction = extract(f"{headline}\n\n{statement}")
    kept = [index for index, claim in enumerate(extraction.claims) if claim.start >= shift]
    return [
        replace(
            claim,
            start=claim.start - shift,
            end=claim.end - shift,
            sentence_start=claim.sentence_start - shift,
            cues=tuple(Cue(cue.role, cue.start - shift, cue.end - shift) for cue in claim.cues if cue.start >= shift),
            whole=kept.index(claim.whole) if claim.whole in kept else None,
        )
        for claim in (extraction.claims[index] for index in kept)
    ]


def _finding(
    connection: Connection, projects: ProjectNames, names: Sequence[str], asked: Claim, *, is_whole: bool
) -> Finding:
    group = _programme(projects, names, asked)
    name = group.name if group else None
    if asked.modality in ("possible", "denied"):
        return found(asked, "not_comparable", "not_asserted", name, ())
    if group is None:
        return _without_programme(connection, asked)
    about, nouns = _claims_about(connection, group), nouns_of(connection, group.name)
    return judge(asked, group.name, about, nouns, is_whole=is_whole)


def _programme(projects: ProjectNames, names: Sequence[str], asked: Claim) -> ProjectGroup | None:
    """The project that a claim is about: the one read with it, else the longest known name in the statement."""
    if asked.subject is not None:
        try:
            return projects.resolve(asked.subject)
        except InputError:
            pass
    return projects.resolve(names[0]) if names else None


def _claims_about(connection: Connection, group: ProjectGroup) -> list[StoredClaim]:
    """Current claims about a programme and the parts of its wholes; rejected ones are left out."""
    about = Reading.subject_key.in_(sorted(group.keys))
    wholes = select(Reading.claim_key).where(Reading.current, about)
    claims = load(connection, stored_claims().where(Reading.current, or_(about, Reading.whole_key.in_(wholes))))
    return [each for each in claims if each.decision != "rejected"]


def _without_programme(connection: Connection, asked: Claim) -> Finding:
    """Without a programme the same number proves something only in a sentence of the same words."""
    if asked.value is None or asked.counted is None:
        return nothing(asked, None)
    same_noun = stored_claims().where(Reading.current, Reading.counted_folded == fold(asked.counted))
    alike = same_thing(asked, load(connection, same_noun), nouns_of(connection))
    words = query_terms(" ".join(word for word in asked.sentence.split() if word[:1].isupper()))
    spoken = [
        each for each in alike if _shared(words, set(terms_of(each.claim))) >= _ALIKE and each.decision != "rejected"
    ]
    named = named_date(asked)
    if same := supporting(asked, spoken if named is None else at(named, spoken)):
        return found(asked, "supported", "same", None, same)
    return found(asked, "not_comparable", "no_programme", None, alike) if alike else nothing(asked, None)


def _shared(words: Sequence[frozenset[str]], terms: set[str]) -> float:
    return sum(bool(word & terms) for word in words) / len(words) if words else 0.0
