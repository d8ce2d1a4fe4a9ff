"""Every marked sentence of this folder is read as its marks say."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from db.claims.readings import check_evidence
from extractors.claims import extract
from models.claim import Claim
from tests.support.marked_claims import Case, Mark, cases, known_failures

KNOWN = known_failures()


def parameters() -> list[object]:
    """One parameter a line; known failures must go on failing, or leave the list."""
    expected_to_fail = pytest.mark.xfail(strict=True, raises=AssertionError, reason="listed in known_failures.txt")
    return [pytest.param(case, id=case.name, marks=[expected_to_fail] if case.key in KNOWN else []) for case in cases()]


def as_text(value: object) -> str | None:
    return None if value is None else str(value)


def agrees(field: str, expected: str | None, got: object) -> bool:
    """Whether a field holds what the mark says; numbers are equal whatever their zeros."""
    if isinstance(got, Decimal) and expected is not None:
        return Decimal(expected) == got
    return expected == as_text(got)


def differences(mark: Mark, claim: Claim) -> list[str]:
    """The fields in which a claim differs from its mark."""
    return [
        f"{field}: expected {expected!r}, got {as_text(getattr(claim, field))!r}"
        for field, expected in mark.fields.items()
        if not agrees(field, expected, getattr(claim, field))
    ]


def overlaps(mark: Mark, claim: Claim) -> bool:
    return mark.start < claim.end and claim.start < mark.end


def pairs(marks: Sequence[Mark], claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Overlapping marks and claims, one to one, the best agreement first."""
    options = sorted(
        (len(differences(mark, claim)), abs(mark.start - claim.start), i, j)
        for i, mark in enumerate(marks)
        for j, claim in enumerate(claims)
        if overlaps(mark, claim)
    )
    paired: list[tuple[int, int]] = []
    for _, _, i, j in options:
        if all(i != other_i and j != other_j for other_i, other_j in paired):
            paired.append((i, j))
    return paired


def complaints(case: Case, claims: Sequence[Claim]) -> list[str]:
    """What is wrong with the claims found in a marked sentence."""
    paired = pairs(case.marks, claims)
    found = [f"[{case.text[case.marks[i].start : case.marks[i].end]}] {problem}"
             for i, j in sorted(paired) for problem in differences(case.marks[i], claims[j])]  # fmt: skip
    missed = [mark for i, mark in enumerate(case.marks) if i not in {i for i, _ in paired}]
    unmarked = [claim for j, claim in enumerate(claims) if j not in {j for _, j in paired}]
    found += [f"[{case.text[mark.start : mark.end]}] not found: {mark.fields}" for mark in missed]
    found += [
        f"not marked: {claim.quote!r} as {claim.kind} {as_text(claim.value)} {claim.status}" for claim in unmarked
    ]
    return found


@pytest.mark.parametrize("case", parameters())
def test_sentence_is_read_as_marked(case: Case) -> None:
    extraction = extract(case.text, published=case.published)
    check_evidence(case.text, extraction)
    problems = complaints(case, extraction.claims)
    if case.projects is not None:
        got = {project.name: set(project.aliases) for project in extraction.projects}
        if set(got) != set(case.projects):
            problems.append(f"projects: expected {sorted(case.projects)}, got {sorted(got)}")
        problems += [
            f"aliases of {name}: expected {sorted(aliases)}, got {sorted(got[name])}"
            for name, aliases in case.projects.items()
            if name in got and not aliases <= got[name]
        ]
    assert not problems, "\n".join([case.sentence, *problems])
