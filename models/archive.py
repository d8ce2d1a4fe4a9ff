"""Web archives: what describes one, and what its index says of a page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.source import SOURCE_ID, HttpAddress, Politeness

_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Capture:
    """What an archive's index says of one copy.

    Attributes:
        original: the address as the archive names it.
        archived_at: when the archive fetched it (UTC, whole seconds).
        digest: SHA-1 of the payload in base32, None where the index names none.
        status: of the office's answer, None where the index does not say (a repeated content, a TimeMap).
        mime: type of the content, None likewise.
        record: where its record stands ("file offset length"), for archives that are read by range.
    """

    original: str
    archived_at: datetime
    digest: str | None = None
    status: int | None = None
    mime: str | None = None
    record: str | None = None

    @property
    def stamp(self) -> str:
        """The time as archives write it: 14 digits."""
        return self.archived_at.strftime(_STAMP)


@dataclass(frozen=True, slots=True)
class Query:
    """What an index is asked: copies of an address, or of all that begin with it, from a day on."""

    url: str
    match: Literal["exact", "prefix"]
    since: date


class Door(BaseModel):
    """An interface of an archive that is asked over HTTP: one of its own hosts, at its own pace."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: HttpAddress
    """Of an index without its query; else a template with {timestamp} and {url}, or {file}."""
    spacing: float = Field(gt=0)
    """Seconds between two requests, also where robots.txt asks for less."""


class Archive(BaseModel):
    """A web archive, as its file describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=SOURCE_ID)]
    name: str = Field(min_length=1)
    homepage: HttpAddress
    dialect: Literal["wayback", "cdxj", "timemap", "common-crawl"]
    """Of the index: Wayback CDX server, lines of JSON (pywb), TimeMap (RFC 7089), or one of the last by the month."""
    index: Door
    replay: Door
    """The bytes as they were archived: for most `id_` behind the time."""
    view: str
    """Template of the address where people see a copy."""
    check_digests: bool = True
    """Whether what comes must be what its digest says; software such as pywb has digests of bytes with their chunks,
    of which it then gives the content alone."""
    local: bool = False
    """Runs on this machine: loopback is allowed, and nothing else."""
    max_requests: int = Field(default=20_000, ge=1)
    """Of each interface in one run."""
    max_bytes: int = Field(default=20_000_000, ge=1)
    """Of one copy."""
    max_index_bytes: int = Field(default=50_000_000, ge=1)
    """Of one answer of the index."""
    timeout: float = Field(default=120.0, gt=0)
    rest: float = Field(default=3600.0, gt=0)
    """Seconds for which the archive is left alone once it says that it is asked too much."""
    verified: Literal["never"] | date
    """Day of the last check against the live archive."""
    note: str | None = None

    @model_validator(mode="after")
    def _templates(self) -> "Archive":
        wanted = ("{file}",) if self.dialect == "common-crawl" else ("{timestamp}", "{url}")
        for name, template in (("replay.url", self.replay.url), ("view", self.view)):
            if not all(placeholder in template for placeholder in wanted):
                raise ValueError(f"{name} must hold {' and '.join(wanted)}")
        if self.dialect == "timemap" and "{url}" not in self.index.url:
            raise ValueError("index.url of a TimeMap must hold {url}")
        return self

    def place(self, capture: Capture) -> str:
        """Address at which people see a copy; where an archive shows none, that of its record."""
        return filled(self.view, capture)

    @property
    def ways(self) -> "tuple[Interface, Interface]":
        """Its index and its copies, each as the fetcher asks them."""
        return Interface(self, self.index, self.max_index_bytes), Interface(self, self.replay, self.max_bytes)


@dataclass(frozen=True, slots=True)
class Interface:
    """One way to ask an archive, as the fetcher sees whom it asks (see `scrapers.http.fetch.Asked`)."""

    archive: Archive
    door: Door
    max_bytes: int

    @property
    def id(self) -> str:
        """Under which requests are counted."""
        return f"{self.archive.id} {self.door.url}"

    @property
    def homepage(self) -> str:
        """Of the archive."""
        return self.archive.homepage

    @property
    def local(self) -> bool:
        """Whether it runs on this machine."""
        return self.archive.local

    @property
    def politeness(self) -> Politeness:
        """At the pace of its file, and never a second time at once."""
        return Politeness(
            spacing=self.door.spacing,
            max_requests=self.archive.max_requests,
            timeout=self.archive.timeout,
            max_bytes=self.max_bytes,
            retries=0,
        )

    def owns(self, url: str) -> bool:
        """Whether an address lies on the interface's host."""
        return urlsplit(url).netloc == urlsplit(self.door.url).netloc


def filled(template: str, capture: Capture) -> str:
    """An address of a copy."""
    # Not str.format: addresses may hold braces of their own.
    file, _, span = (capture.record or "").partition(" ")
    filled_in = template.replace("{timestamp}", capture.stamp).replace("{file}", file)
    return filled_in.replace("{range}", span.replace(" ", "+")).replace("{url}", capture.original)
