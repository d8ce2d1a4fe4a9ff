"""The table of a claim's fields, and all that must agree with it."""

from dataclasses import fields
from decimal import Decimal
from typing import get_args, get_origin, get_type_hints

from db.tables import Reading
from models.claim import CORRECTABLE_FIELDS, FIELDS, STORED_FIELDS, Claim
from output.records import CLAIM_COLUMNS
from web.api.records import EXAMPLE, ClaimRecord
from web.forms import Correction, Missed


def test_table_has_all_fields_of_a_claim_with_their_types() -> None:
    hints = get_type_hints(Claim)
    assert {field.name for field in FIELDS} == {field.name for field in fields(Claim)}
    for field in FIELDS:
        hint = hints[field.name]
        parts = {hint, *get_args(hint), get_origin(hint)} & {Decimal, int, tuple}
        assert field.type is (parts.pop() if parts else str), field.name


def test_columns_are_fields() -> None:
    assert set(STORED_FIELDS) <= set(Reading.__table__.columns.keys())


def test_api_gives_out_all_fields_under_their_names_and_in_their_order() -> None:
    flat = [name for name in ClaimRecord.model_fields if name not in ("scope", "cues", "as_read")]
    assert flat == list(CLAIM_COLUMNS)
    assert list(EXAMPLE) == list(ClaimRecord.model_fields)


def test_reviewers_correct_what_the_table_says() -> None:
    assert set(Correction.model_fields) == set(CORRECTABLE_FIELDS)
    assert set(CORRECTABLE_FIELDS) - set(Missed.model_fields) == {"since", "until", "as_of"}
