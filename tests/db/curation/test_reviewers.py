"""Reviewers are known by tokens that can be revoked."""

import pytest
from sqlalchemy import Engine

from db.curation.reviewers import add_token, holder, revoke_tokens, tokens
from models.errors import InputError
from tests.support.releases import moment

NOW = moment("2026-01-01")


def test_tokens_are_known_by_hash_and_revocable(engine: Engine) -> None:
    token = add_token(engine, "Ina", scopes=["review"], label="a", now=NOW)
    other = add_token(engine, "Ina", scopes=[], label="b", now=NOW)
    assert holder(engine, "guess") is None
    assert revoke_tokens(engine, "Ina", label="a", now=NOW) == 1
    assert holder(engine, token) is None and holder(engine, other) is not None
    with pytest.raises(InputError):
        revoke_tokens(engine, "Nobody", now=NOW)
    listed = [(each.name, each.label, each.scopes, each.revoked_at) for each in tokens(engine)]
    assert sorted(listed) == [("Ina", "a", ("review",), NOW), ("Ina", "b", (), None)]
    assert {each.last_decision for each in tokens(engine)} == {None}
