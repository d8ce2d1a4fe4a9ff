"""What robots.txt allows (RFC 9309)."""

from protego import Protego

TOKEN = "Zwischenbilanz"
"""The name under which robots.txt may speak to us."""

MAX_BYTES = 512_000
"""RFC 9309 asks for at least 500 KiB; what lies behind is not read."""


class Robots:
    """The rules of one host for us.

    Args:
        text: the content of robots.txt; empty where the host has none.
    """

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text[:MAX_BYTES])

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return bool(self._rules.can_fetch(url, TOKEN))

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests; 0 where it says nothing."""
        return float(self._rules.crawl_delay(TOKEN) or 0)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses that its `Sitemap:` lines name."""
        return tuple(self._rules.sitemaps)
