"""A source for a feed that no source file describes."""

import re
from urllib.parse import urlsplit

from models.source import Assertions, Politeness, Source
from scrapers.undescribed import undescribed_source

# Nobody knows how often an undescribed office publishes, or what its pages hold.
_NOTHING_ASSERTED = Assertions(
    min_share_with_date=0, min_share_with_body=0, min_digits_share=0, freshness_days=100 * 365
)


def source_of_feed(url: str) -> Source:
    """A press office of which nothing is known but its feed; its pages are read generically.

    Raises:
        InputError: the address is no http or https address.
    """
    source = undescribed_source(url, "agency")
    parts = urlsplit(url)
    return source.model_copy(
        update={
            # An office may have several feeds.
            "id": "-".join(["feed", *re.findall(r"[a-z0-9]+", f"{parts.netloc}{parts.path}".lower())]),
            "assertions": _NOTHING_ASSERTED,
            "politeness": Politeness(spacing=0, retries=1) if source.local else Politeness(),
        }
    )
