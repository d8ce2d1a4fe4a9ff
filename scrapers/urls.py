"""Canonical URLs: one page, one address."""

import re
from collections.abc import Collection
from urllib.parse import unquote_plus, urldefrag, urljoin, urlsplit, urlunsplit

from url_normalize import url_normalize

_SESSION = re.compile(r"(?:;|%3B)(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)

_TRACKING = re.compile(
    r"utm_\w+|at_\w+|mtm_\w+|pk_\w+|matomo_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|wt_\w+|etcc_\w+|xtor|"
    r"jsessionid|phpsessid|sid|"
    # Government Site Builder: sorting and page of the list that the link was found on
    r"gts|gtp|resultsperpage|cms_\w+",
    re.IGNORECASE,
)


def absolute_url(base: str, href: str) -> str | None:
    """Where a link on the page `base` leads, without its fragment; None where it is no address at all."""
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
        return url if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def canonical_url(url: str, drop: Collection[str] = ()) -> str:
    """The address under which a page is known; applying it twice changes nothing.

    Session ids, tracking, sort and list parameters, the fragment and a default port are left out, host
    and escapes are normalised, the query is sorted.

    Args:
        url: absolute http or https address.
        drop: further query parameters that do not change what the page says.

    Raises:
        ValueError: the address cannot be parsed.
    """
    address = url.strip()
    # Taking something out can lay bare what is to be normalised ("/a/.;jsessionid=1") and the other way round.
    while (simpler := _simplify(address, drop)) != address:
        address = simpler
    return address


def _simplify(address: str, drop: Collection[str]) -> str:
    parts = urlsplit(url_normalize(address) or "")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{address!r} is no http or https address")
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair and not _is_noise(pair, drop)))
    return urlunsplit((parts.scheme, parts.netloc, _SESSION.sub("", parts.path), query, ""))


def _is_noise(pair: str, drop: Collection[str]) -> bool:
    name = unquote_plus(pair.partition("=")[0])
    return name in drop or _TRACKING.fullmatch(name) is not None
