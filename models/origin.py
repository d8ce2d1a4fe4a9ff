"""Where an imported record comes from: what takes the place of a web address and of a server's headers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SCHEME = "import:"
"""Of the addresses of records that have none on the web: `import:senat/2009-11-05_id8798`."""

_FILE, _HASH, _LINE, _COLUMNS, _PUBLISHED = (
    f"Import-{name}" for name in ("File", "SHA256", "Line", "Columns", "Published")
)

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record.

    Attributes:
        file: its name, with that of its folder where a folder was imported.
        sha256: of the file as it lay there, packed or not (hex).
        line: where the record begins, 1 being the first; None where the file is the record.
        columns: the first line of a CSV file, without which its records say nothing.
        published: day of publication for a record that states none.
    """

    file: str
    sha256: str
    line: int | None = None
    columns: str | None = None
    published: date | None = None

    def headers(self) -> Headers:
        """As they are kept with the record's bytes."""
        published = self.published.isoformat() if self.published else None
        line = str(self.line) if self.line else None
        named = ((_FILE, self.file), (_HASH, self.sha256), (_LINE, line), (_COLUMNS, self.columns))
        return tuple((name, value) for name, value in (*named, (_PUBLISHED, published)) if value is not None)


def origin_in(headers: Iterable[tuple[str, str]]) -> Origin | None:
    """What `Origin.headers` made of it, None where the bytes came from a server."""
    named = dict(headers)
    if _FILE not in named or _HASH not in named:
        return None
    line, published = named.get(_LINE), named.get(_PUBLISHED)
    return Origin(
        file=named[_FILE],
        sha256=named[_HASH],
        line=int(line) if line else None,
        columns=named.get(_COLUMNS),
        published=date.fromisoformat(published) if published else None,
    )


def web_address(url: str) -> str | None:
    """The address if a browser can open it; None for the one of an imported record that has none."""
    return None if url.startswith(SCHEME) else url
