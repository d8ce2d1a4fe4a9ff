"""Where archived bytes come from; apart from what describes an archive, which every reader of claims would load."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Archived:
    """Who handed on bytes that an office had sent to them.

    Attributes:
        archive: name of the web archive, or of the WARC file.
        place: address of the copy in the archive; of a file its SHA-256 and the id of the record.
        retrieved_at: when the copy was fetched or read (aware).
    """

    archive: str
    place: str
    retrieved_at: datetime

    @property
    def address(self) -> str | None:
        """Where a browser finds the copy; None for a record of a file."""
        return self.place if self.place.startswith(("http://", "https://")) else None
