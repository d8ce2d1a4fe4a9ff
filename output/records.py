"""Results of queries as JSON-ready records."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from models.claim import plain


def record(value: Any) -> Any:
    """Dataclasses as dicts, numbers as plain digits in text, moments in ISO form (UTC)."""
    if is_dataclass(value):
        return {each.name: record(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): record(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [record(each) for each in value]
    return value
