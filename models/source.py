"""The source file: what is known of one press office's site, as a validated, frozen document."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Level = Literal["federal", "land", "agency", "court", "municipal", "union"]
"""Whose office it is: a government's, federal or of a Land; an authority; a court or court of audit; a city; the EU."""
State = Literal[
    "DE", "BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH",
    "AT", "CH", "EU",
]  # fmt: skip
"""ISO 3166-2 code of the Land without its "DE-"; "DE", "AT" and "CH" stand for the federations, "EU" for the Union."""

SOURCE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

PUBLIC_SPACING = 1.0
"""Seconds between two requests to a public host, at least."""

_COUNT = re.compile(r"(\d+)(?:(\+)|-(\d+))?")


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address that begins with http:// or https://")
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no valid regular expression: {error}") from error
    return value


def _count(value: str) -> str:
    if not _COUNT.fullmatch(value):
        raise ValueError('must be a number ("1"), a minimum ("1+") or a range ("0-1")')
    return value


def _css(value: str) -> str:
    import soupsieve  # whoever reads stored claims has no selectors

    try:
        soupsieve.compile(value)
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        raise ValueError(f"is no valid CSS selector: {str(error).splitlines()[0].rstrip('.')}") from error
    return value


HttpAddress = Annotated[str, AfterValidator(_http_url)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Css = Annotated[str, AfterValidator(_css)]
Count = Annotated[str, AfterValidator(_count)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Selector(_Document):
    """Where something stands on a page, and how often it should stand there.

    In YAML a bare string is the CSS of an element that stands there exactly once.
    """

    css: Css
    count: Count = "1"
    attribute: str | None = Field(
        default=None, description='attribute that holds the value ("datetime"), else the text'
    )

    @model_validator(mode="before")
    @classmethod
    def _from_shorthand(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"css": value}
        if isinstance(value, dict) and isinstance(value.get("count"), int):
            return {**value, "count": str(value["count"])}
        return value

    def allows(self, found: int) -> bool:
        """Whether `found` elements are as many as there should be."""
        match = _COUNT.fullmatch(self.count)
        assert match is not None
        low = int(match[1])
        if match[2]:
            return found >= low
        return low <= found <= int(match[3] or low)


class PageSelectors(_Document):
    """Where the parts of a release stand on its page."""

    title: Selector
    body: Selector
    date: Selector | None = None
    kicker: Selector | None = None
    lead: Selector | None = None
    place: Selector | None = None
    contact: Selector | None = None
    attachments: Selector | None = None
    remove: tuple[Css, ...] = ()
    """CSS of what stands inside the body and does not belong to it."""


class Layout(_Document):
    """One version of a site's release pages; a snapshot taken after `valid_until` is not read with it."""

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    valid_until: date | None = None
    selectors: PageSelectors
    date_formats: tuple[str, ...] = ()
    """strptime patterns, month names in German; ISO 8601 needs none."""
    generic_fallback: bool = True
    """Whether a page that the selectors do not fit is still read generically, and marked so."""


class NumberedPages(_Document):
    """Pages by number or offset: `{page}` in the address is first, first + step, …"""

    kind: Literal["page", "offset"]
    first: int = Field(default=0, ge=0)
    step: int = Field(default=1, ge=1)


class NextLink(_Document):
    """Each page links to the next one."""

    kind: Literal["next"]
    css: Css
    attribute: str = "href"


class Periods(_Document):
    """One page a month or year, from today back to `earliest`: `{year}`, `{month}` or `{month:02}`."""

    kind: Literal["month", "year"]
    earliest: date


class SinglePage(_Document):
    """The list has one page only."""

    kind: Literal["single"] = "single"


Paging = Annotated[NumberedPages | NextLink | Periods | SinglePage, Field(discriminator="kind")]


class ListSelectors(_Document):
    """Where a list's entries stand, and their parts inside an entry; without `link` the entry is the link."""

    item: Css
    link: Css | None = None
    title: Css | None = None
    date: Css | None = None
    date_attribute: str | None = None
    teaser: Css | None = None


class ListPage(_Document):
    """An HTML list of releases; one with a `name` inherits what its family says of the list of that name."""

    name: str | None = None
    url: HttpAddress
    paging: Paging = SinglePage()
    selectors: ListSelectors
    archive: bool = False
    """Read only for a backfill: the list repeats what a feed or shorter list brings daily."""
    fallback: bool = False
    """Read only where no other way to the releases is open."""


class Endpoint(_Document):
    """A JSON address that lists releases; fields are dotted paths ("result.items")."""

    url: HttpAddress
    paging: Annotated[NumberedPages | Periods | SinglePage, Field(discriminator="kind")] = SinglePage()
    body: dict[str, Any] | None = None
    """JSON to be posted, `{page}` in its strings filled in; without it the address is fetched by GET."""
    after: str | None = None
    """Words behind which the JSON begins, where it stands in a script of a page ("initialResults =")."""
    items: str = ""
    """Path to the list of entries; empty where the answer is that list itself."""
    link: str | None = None
    title: str | None = None
    date: str | None = None
    teaser: str | None = None
    html: str | None = None
    """Path to HTML inside an entry, to be read with `selectors`; replaces `link`, `title`, `date`."""
    selectors: ListSelectors | None = None
    archive: bool = False
    fallback: bool = False
    """Read only where no other way to the releases is open."""

    @model_validator(mode="after")
    def _either_fields_or_html(self) -> "Endpoint":
        if (self.link is None) == (self.html is None):
            raise ValueError("needs either link, or html with selectors")
        if (self.html is None) != (self.selectors is None):
            raise ValueError("html and selectors belong together")
        return self


class Politeness(_Document):
    """What the office's servers are asked to bear."""

    spacing: float = Field(default=PUBLIC_SPACING, ge=0)
    """Seconds between two requests to one host; a longer crawl-delay in robots.txt prevails."""
    max_requests: int = Field(default=5000, ge=1)
    """Requests in one run."""
    timeout: float = Field(default=60.0, gt=0)
    """Seconds for one whole answer."""
    max_bytes: int = Field(default=20_000_000, ge=1)
    """Bytes of one answer, both as sent and decompressed."""
    retries: int = Field(default=4, ge=0, le=10)


class Gate(_Document):
    """What an answer must show before it is read as a release."""

    min_bytes: int = Field(default=500, ge=0)
    must_have: Css | None = None
    """CSS of something that stands on every real page of the site."""


class Assertions(_Document):
    """Bounds of a healthy source: a lower bound violated stops the run, an upper one warns."""

    min_releases_a_month: int = Field(default=0, ge=0)
    max_releases_a_month: int | None = Field(default=None, ge=1)
    min_share_with_date: Share = 0.95
    min_share_with_body: Share = 0.95
    min_digits_share: Share = 0.5
    """Share of the digits in the page's main content that the canonical text keeps."""
    freshness_days: int | None = Field(default=None, ge=1)
    """Days without a release after which the source counts as silent; else twice its own longest pause of late."""


class Source(_Document):
    """One press office."""

    id: str = Field(pattern=SOURCE_ID)
    publisher: str = Field(min_length=1)
    level: Level
    state: State
    homepage: HttpAddress
    hosts: tuple[str, ...] = Field(min_length=1)
    """The office's own hosts, lower case, earlier ones included; a host stands for its `www.` too."""
    family: str = Field(min_length=1)
    local: bool = False
    """Runs on this machine: loopback is allowed and spacing may be shorter."""
    verified: Literal["never"] | date
    """Day of the last check against the live site."""
    seen: Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")] | None = None
    """Month in which somebody last saw what the file says, where that is known."""
    known_from: Literal["pages", "readers", "feeds", "guess"] = "guess"
    """Saved pages of the site, other people's readers of it, lists of feeds, or likeness to other sites alone."""
    robots: Literal["unknown", "open", "partly", "shut"] = "unknown"
    """Whether robots.txt was last known to allow all ways of the file, some of them, or none."""
    carried_by: Annotated[str, Field(pattern=SOURCE_ID)] | None = None
    """The source whose releases hold this office's too; it stands in where the office may not be read."""
    carries: tuple[str, ...] = ()
    """Offices without a site of their own for releases, or without a file, whose releases stand here."""
    note: str | None = None

    feeds: tuple[HttpAddress, ...] = ()
    lists: tuple[ListPage, ...] = ()
    sitemaps: tuple[HttpAddress, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    release_url: Pattern | None = None
    """Regular expression, searched in the canonical URL, that tells releases from other pages."""
    drop_parameters: tuple[str, ...] = ()
    """Query parameters of this site that do not change what a page says."""

    layouts: tuple[Layout, ...] = ()
    """Newest first; where there is none, nothing is known of the pages and they are read generically."""
    politeness: Politeness = Politeness()
    gate: Gate = Gate()
    assertions: Assertions = Assertions()

    @model_validator(mode="after")
    def _consistent(self) -> "Source":
        if not self.has_ways and self.carried_by is None:
            raise ValueError("needs at least one of feeds, lists, sitemaps and endpoints, or else carried_by")
        if self.politeness.spacing < PUBLIC_SPACING and not self.local:
            raise ValueError(f"politeness.spacing below {PUBLIC_SPACING:g} s is for local sources only")
        if not self.owns(self.homepage):
            raise ValueError("hosts must include the homepage's host")
        return self

    @property
    def has_ways(self) -> bool:
        """Whether the office is read itself; if not, its releases come with those of `carried_by` alone."""
        return bool(self.feeds or self.lists or self.sitemaps or self.endpoints)

    def owns(self, url: str) -> bool:
        """Whether an address lies on the office's own hosts."""
        host = (urlsplit(url).hostname or "").lower()
        return host in self.hosts or host.removeprefix("www.") in {own.removeprefix("www.") for own in self.hosts}

    def at_home(self, url: str) -> str:
        """The address on the host as `hosts` spells it, with or without `www.`, so that a page has one address."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if host in self.hosts:
            return url
        bare = host.removeprefix("www.")
        own = next((own for own in self.hosts if own.removeprefix("www.") == bare), None)
        return url if own is None else urlunsplit(parts._replace(netloc=parts.netloc.lower().replace(host, own, 1)))

    def layouts_at(self, day: date) -> tuple[Layout, ...]:
        """The layouts that a snapshot taken on `day` may have, newest first."""
        return tuple(layout for layout in self.layouts if layout.valid_until is None or day <= layout.valid_until)
