"""What is not answered, and as what programs are told so: problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field

from models.errors import BilanzError, InputError, UnknownName


class Refused(BilanzError):
    """A request that is not answered: the HTTP status that says why, and the name that nobody knows if that is why."""

    def __init__(self, status: int, message: str, unknown: UnknownName | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.unknown = unknown


class Problem(BaseModel):
    """What went wrong, as in RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no claim 'f4vy4pbn3agu5gw3'."])


PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": HTTPStatus(code).phrase, "content": {"application/problem+json": {"schema": {
        "$ref": "#/components/schemas/Problem"}}}}
    for code in (400, 404, 413, 414, 422, 503)
}  # fmt: skip


def not_found(error: InputError) -> Refused:
    """For an address that names something unknown."""
    return Refused(404, str(error), error if isinstance(error, UnknownName) else None)
