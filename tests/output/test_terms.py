"""Every field and every value of the vocabulary has a name in both languages."""

from typing import Any, Literal, get_args, get_type_hints

import pytest

from comparison.doubts import Doubt
from comparison.findings import Verdict
from comparison.plans import PlanOutcome
from comparison.restatements import Restatement
from comparison.telling import Rhythm
from db.claims.filters import NOT_STATED
from db.curation.judgements import Sameness
from db.curation.reviews import ReviewDecision
from db.curation.suggestions import SuggestionReason
from db.operation.health import SourceState
from db.operation.runs import RunKind
from db.operation.vitals import Concern
from inquiries.review_queue import Queue
from inquiries.search import Parts
from models.claim import Aspect, CueRole, Modality, ReportingBasis, RestrictionKind
from models.language import LANGUAGES
from models.objections import Fault, ObjectionState
from models.promises import PromiseState
from models.quantity import Kind
from models.source import State
from models.statuses import Status
from models.watching import Channel, Frequency, WatchState
from output.terms import FIELD_TERMS, VALUE_TERMS, field_term, value_term

VOCABULARY: dict[str, Any] = {
    "status": Status,
    "modality": Modality,
    "state": State,
    "kind": Kind,
    "basis": ReportingBasis,
    "decision": ReviewDecision,
    "queue": Queue,
    "doubt": Doubt,
    "health": SourceState,
    "concern": Concern,
    "watch": WatchState,
    "run": RunKind,
    "cue": CueRole,
    "aspect": Aspect,
    "scope": RestrictionKind,
    "verdict": Verdict,
    "restatement": get_type_hints(Restatement)["kind"],
    "rhythm": Rhythm,
    "promise": PromiseState,
    "outcome": PlanOutcome,
    "parts": Parts,
    "frequency": Frequency,
    "channel": Channel,
    "sameness": Sameness,
    "likeness": SuggestionReason,
    "fault": Fault,
    "objection": ObjectionState,
    "per": Literal["each"],
}


@pytest.mark.parametrize("field", VALUE_TERMS)
def test_every_value_has_a_name_of_its_own(field: str) -> None:
    assert set(VALUE_TERMS[field]) - {NOT_STATED} == set(get_args(VOCABULARY[field]))
    for language in LANGUAGES:
        names = [value_term(field, value, language) for value in VALUE_TERMS[field]]
        assert len(set(names)) == len(names) and all(names)


def test_fields_have_names() -> None:
    for language in LANGUAGES:
        names = [field_term(field, language) for field in FIELD_TERMS]
        assert len(set(names)) == len(names) and all(names)


def test_what_no_claim_states() -> None:
    assert value_term("status", NOT_STATED, "de") == "nicht genannt"
    assert value_term("health", NOT_STATED, "en") == value_term("health", None, "en") == "no run yet"
    assert value_term("status", None, "de") == ""


def test_what_is_not_in_the_vocabulary_speaks_for_itself() -> None:
    assert value_term("speaker", "Frau Muster", "de") == "Frau Muster"
    assert value_term("status", "fertig", "de") == "fertig"
