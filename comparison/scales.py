"""Numbers whose writing may be read in two scales."""

import re

_TWO_SCALES = re.compile(r"(?<![\d.,])[1-9]\.\d{3}\s?(?:Mio\.?|Mill(?:ion(?:en)?|\.)|Mrd\.?|Mia\.?|Milliarden?)(?!\w)")


def two_scales(quote: str) -> str | None:
    """The figure and scale of words that may mean one number or its thousandfold: "1.665 Millionen" is written for
    1,665 million, and for 1.665 as programs have it."""
    found = _TWO_SCALES.search(quote)
    return found[0] if found else None
