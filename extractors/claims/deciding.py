"""What weighed most where learned weights decided: why a claim is about a project, or a claim at all.

decided(text, published=date(2024, 5, 6))[0]
-> (Decided("subject", "Ruhr-Konferenz", (("in sentence", 1.83), ("rule", 0.68), …)),)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.subject import Subjects
from extractors.claims.extraction import found_in
from extractors.claims.found import Found
from extractors.claims.of_numbers import number_claims
from extractors.claims.of_projects import candidates, status_claims
from extractors.claims.state import announced, asserted
from extractors.claims.state import told as telling
from extractors.claims.state.assertion import Assertion
from extractors.claims.state.modality import by_rule
from extractors.claims.state.stated import StatusCandidate, features
from extractors.claims.when.reporting import of_release
from extractors.decisions import learned
from models.claim import Claim
from models.release import Paragraph

NONE = "none"


@dataclass(frozen=True, slots=True)
class Decided:
    """A learned decision: what was chosen, and the features with what each added to it or took from it."""

    what: Literal["subject", "status", "modality"]
    chosen: str
    reasons: tuple[tuple[str, float], ...]


def decided(
    text: str, *, published: date | None, paragraphs: Sequence[Paragraph] = (), tagger: str | None = None
) -> list[tuple[Decided, ...]]:
    """The learned decisions of each claim that `extract` reads from a text, in the order of its claims.

    Args:
        text: one that `extract` has read; all arguments are those that it was given.
        published: see `extract`.
        paragraphs: see `extract`.
        tagger: see `extract`.
    """
    if not text.strip():
        return []
    _, found = found_in(text, published=published, paragraphs=paragraphs, tagger=tagger)
    reporting = of_release(found)
    numbers = number_claims(found, reporting)
    subjects = found.once(Subjects)
    told = list(candidates(found, subjects, numbers.used))
    return [
        *(tuple(_of_number(found, subjects, claim)) for claim in numbers.claims),
        *(tuple(_of_status(found, subjects, told, claim)) for claim in status_claims(found, reporting, numbers.used)),
    ]


def _of_number(found: Found, subjects: Subjects, claim: Claim) -> Iterator[Decided]:
    quantity = next((q for q in found.quantities if claim.start <= q.start < claim.end), None)
    if quantity is not None:
        mention = telling.of_number(found, quantity).mention
        yield _about(found, subjects, Utterance.of_number(quantity), claim)
        yield from _announced(asserted.of_number(found, quantity, mention))


def _of_status(found: Found, subjects: Subjects, told: list[StatusCandidate], claim: Claim) -> Iterator[Decided]:
    here = (each for each in told if each.mention.start < claim.end and claim.start < each.mention.end)
    candidate = next((each for each in here if claim.status in (each.mention.status, each.mention.underway)), None)
    if candidate is not None:
        mention = candidate.mention
        yield _about(found, subjects, Utterance.of_status(mention), claim)
        reasons = learned("stated").reasons(features(found, candidate))
        yield Decided("status", claim.status or NONE, reasons)
        yield from _announced(asserted.of_status(found, mention))


def _announced(assertion: Assertion | None) -> Iterator[Decided]:
    """Why something is planned of which no rule says so."""
    if assertion is not None and by_rule(assertion) is None and (judged := announced.announced(assertion)) is not None:
        yield Decided("modality", judged.modality, learned("announced").reasons(announced.features(assertion)))


def _about(found: Found, subjects: Subjects, statement: Utterance, claim: Claim) -> Decided:
    """Why a claim has its subject, or none."""
    names = [project.name for project in found.projects]
    chosen = names.index(claim.subject) if claim.subject in names else None
    return Decided("subject", claim.subject or NONE, subjects.reasons(statement, chosen))
