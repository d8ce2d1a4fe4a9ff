"""A source for a feed that no source file describes."""

import re
from urllib.parse import urlsplit

from models.errors import InputError
from models.source import Assertions, Politeness, Source
from scrapers.http.network import is_this_machine

# Nobody knows how often an undescribed office publishes, or what its pages hold.
_NOTHING_ASSERTED = Assertions(
    min_share_with_date=0, min_share_with_body=0, min_digits_share=0, freshness_days=100 * 365
)


def source_of_feed(url: str) -> Source:
    """A press office of which nothing is known but its feed; its pages are read generically.

    A feed on this machine is allowed, since someone asked for it by name.

    Raises:
        InputError: the address is no http or https address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(f"{url!r} is no address of a feed; it should begin with http:// or https://.")
    local = is_this_machine(host)
    return Source(
        id="-".join(["feed", *re.findall(r"[a-z0-9]+", f"{parts.netloc}{parts.path}".lower())]),
        publisher=host,
        level="agency",
        state="DE",
        homepage=f"{parts.scheme}://{parts.netloc}/",
        hosts=(host,),
        family="generic",
        local=local,
        verified="never",
        feeds=(url,),
        layouts=(),
        assertions=_NOTHING_ASSERTED,
        politeness=Politeness(spacing=0, retries=1) if local else Politeness(),
    )
