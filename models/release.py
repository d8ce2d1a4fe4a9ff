"""What a press office publishes: the bytes fetched, and the release read from them."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1, sha256
from typing import Literal

from models.archived import Archived
from models.origin import Origin, origin_in

Role = Literal["lead", "heading", "paragraph", "quote", "list_item", "table_cell", "caption"]
Precision = Literal["day", "minute", "none"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of the canonical text: `text[start:end]` is one paragraph."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that the release links to, as a rule a PDF."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Release:
    """A press release as read from one page.

    `text` is canonical: title, two newlines, body; paragraphs of the body are parted by one empty
    line. All offsets of claims count in it. `date_method` names where the date was found
    ("selector:…", "time[datetime]", "meta:dcterms.date", "htmldate", …); `generic` says that no
    source file's selectors were used.
    """

    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    published: datetime | None
    date_precision: Precision
    date_method: str
    kicker: str | None = None
    place: str | None = None
    contact: str | None = None
    language: str = "de"
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()
    generic: bool = False

    @property
    def text_hash(self) -> str:
        """SHA-256 (hex) of the canonical text."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of one answer or of an imported record, archived before anything is read from them."""

    url: str
    """Where the answer came from, after redirects; a record's own address."""
    body: bytes
    headers: tuple[tuple[str, str], ...]
    status: int | None
    """Of the HTTP answer; None where a record was imported."""
    fetched_at: datetime
    """When the office answered: us, or the archive that handed its answer on."""
    archived: Archived | None = None
    """The archive that fetched it, None where we did."""

    @property
    def hash(self) -> str:
        """SHA-256 (hex) of the body."""
        return sha256(self.body).hexdigest()

    @property
    def digest(self) -> str:
        """SHA-1 (base32) of the body, by which web archives name contents."""
        return payload_digest(self.body)

    @property
    def origin(self) -> Origin | None:
        """Where an imported record stood, None where the bytes came from a server."""
        return origin_in(self.headers)

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as the archive keeps it: `asked_for` is the address before redirects, `outcome` what came of it."""

    snapshot: Snapshot
    source_id: str
    asked_for: str
    outcome: str


def payload_digest(payload: bytes) -> str:
    """SHA-1 (base32), by which web archives name contents."""
    return b32encode(sha1(payload, usedforsecurity=False).digest()).decode()


@dataclass(frozen=True, slots=True)
class Listing:
    """A release as a feed or list page announces it."""

    url: str
    """Canonical URL."""
    title: str | None = None
    published: datetime | None = None
    teaser: str | None = None
