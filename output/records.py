"""Results of queries as JSON-ready records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from comparison.scales import two_scales
from models.calendar import BERLIN
from models.claim import FIELDS, Claim, plain
from models.language import LANGUAGES
from models.stored import StoredClaim
from output.restrictions import restricted_to

if TYPE_CHECKING:
    from comparison.findings import Finding
    from inquiries.statement import Check

_BY_KEY = "whole"
"""The field that stored claims have as a key instead."""
_FOUND = {
    "extractor_version": "extractor_version",
    "whole_key": "whole_key",
    "release_id": "release_id",
    "release_title": "release_title",
    "url": "url",
    "source": "source_id",
    "collection": "collection",
    "published": "published",
    "gone_at": "gone_at",
    "snapshot": "snapshot_hash",
    "first_seen": "first_seen",
    "decision": "decision",
    "current": "current",
}
"""Where a claim stands and what is known of it, by the names under which that is given out."""
CLAIM_COLUMNS = (
    "key",
    *(field.name for field in FIELDS if field.stored and field.type is not tuple),
    *_FOUND,
    "comparator_word",
    "restricted_to",
    "two_scales",
)
"""What of a claim fits into cells."""


def record(value: Any) -> Any:
    """Dataclasses as dicts, numbers as plain digits in text, moments in ISO form.

    They are as of Germany, where a release of the first was none of the day before.
    """
    if is_dataclass(value):
        return {each.name: record(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(BERLIN).isoformat()
    if isinstance(value, Mapping):
        return {str(key): record(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [record(each) for each in value]
    return value


def stored_record(stored: StoredClaim) -> dict[str, Any]:
    """A stored claim under the names that it has wherever it is given out; cues carry their words.

    `as_read` has the fields that a reviewer corrected, as the rules read them.
    """
    stated = {field.name: record(getattr(stored.claim, field.name)) for field in FIELDS if field.name != _BY_KEY}
    cues = [cue | {"text": _words(stored.claim, cue["start"], cue["end"])} for cue in stated["cues"]]
    found = {name: record(getattr(stored, attribute)) for name, attribute in _FOUND.items()}
    as_read = {name: record(getattr(stored.as_read, name)) for name in stored.corrected_fields}
    words = {
        "comparator_word": stored.claim.comparator_word,
        "restricted_to": restricted_to(stored.claim),
        "two_scales": two_scales(stored.claim.quote),
    }
    return {"key": stored.key, **stated, "cues": cues, **found, **words, "as_read": as_read}


def check_record(check: Check) -> dict[str, Any]:
    """A checked statement, with a finding for each claim in it."""
    return {
        "statement": check.statement,
        "said_on": check.said_on,
        "verdict": check.verdict,
        "evidence": record(check.evidence),
        "findings": [_finding(each) for each in check.findings],
        "now": [_finding(each) for each in check.now],
        "spelt": check.spelt,
    }


def check_rows(check: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The findings of a `check_record`, each flat with its first proof."""
    return [
        {"quote": each["quote"], "verdict": each["verdict"], **each["sentences"]}
        | {"url": each["evidence"][0]["url"] if each["evidence"] else None}
        for each in check["findings"]
    ]


def flat(value: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what does not fit into a cell."""
    return {name: each for name, each in value.items() if not isinstance(each, list | dict)}


def _finding(finding: Finding) -> dict[str, Any]:
    # What compares takes a while to load, and most records are of claims.
    from output.similar import why
    from output.verdicts import sentence

    return {
        **{name: getattr(finding.asked, name) for name in ("quote", "start", "end")},
        **{name: getattr(finding, name) for name in ("verdict", "reason", "programme", "date", "unsaid_actor")},
        "sentences": {language: sentence(finding, language) for language in LANGUAGES},
        "evidence": record(finding.evidence),
        "similar": [
            record(each.proof)
            | {"reason": list(each.reason or ()), "why": {lang: why(each, lang) for lang in LANGUAGES}}
            for each in finding.similar
        ],
    }


def _words(claim: Claim, start: int, end: int) -> str:
    """Those of a cue, where it stands in the claim's sentence."""
    shift = claim.sentence_start
    return claim.sentence[start - shift : end - shift] if start >= shift else ""
