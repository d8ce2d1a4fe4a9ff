"""What is given out, in all the ways that formats need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from polars import DataFrame
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class Result:
    """Something to be given out.

    Attributes:
        rows: flat, each with the keys of the first.
        value: the same as one JSON-ready value, where it is more than its rows.
        show: prints it for people, where it is more than a table of its rows.
        frame: the same as a frame of polars; only claims and comparisons have one.
    """

    rows: Sequence[Mapping[str, Any]]
    value: Any = None
    show: Callable[[Console], None] | None = None
    frame: Callable[[], DataFrame] | None = None

    @property
    def whole(self) -> Any:
        """The value, else the rows."""
        return self.rows if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which results are given out.

    Attributes:
        name: as it is asked for.
        write: writes a result to a text file; an InputError says what that cannot be used for.
        media_type: as the API sends it, None where only commands write it.
        framed: made of a result's frame.
    """

    name: str
    write: Callable[[Result, TextIO], None]
    media_type: str | None = None
    framed: bool = False
