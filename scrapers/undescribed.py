"""A press office that no source file describes: all that is known of it is one address."""

import re
from urllib.parse import urlsplit

from models.addresses import is_this_machine
from models.errors import InputError
from models.source import Level, Source


def undescribed_source(url: str, level: Level = "land") -> Source:
    """A provisional source that is named after its host; its pages are read generically.

    An address on this machine is allowed, since someone asked for it by name.

    Raises:
        InputError: the address is no http or https address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not host:
        raise InputError(f"{url!r} is no address that begins with http:// or https://.")
    return Source(
        id="-".join(re.findall(r"[a-z0-9]+", host.removeprefix("www."))),
        publisher=host,
        level=level,
        state="DE",
        homepage=f"{parts.scheme}://{parts.netloc}/",
        hosts=(host,),
        family="generic",
        local=is_this_machine(host),
        verified="never",
        feeds=(url,),
    )
