"""What the rule reads in a text, for whoever looks at how a sentence is analysed."""

from extractors.german import load
from extractors.rules.quantities.component import quantities
from extractors.tokens import tokens
from models.quantity import NotClaim, Quantity


def readings(text: str, tagger: str | None = None) -> dict[int, str]:
    """How each number of a text is read, by the offset at which it begins.

    "Klasse 7 hat 24 Kinder" -> {7: "no claim: label of the noun beside it", 13: "count 24 Kind"}

    Args:
        text: one or more sentences.
        tagger: see `extractors.german.load`.
    """
    found, others = quantities(tokens(load(tagger)(text)))
    items: list[Quantity | NotClaim] = [*found, *others]
    return {item.start: _said(item) for item in items}


def _said(item: Quantity | NotClaim) -> str:
    if isinstance(item, NotClaim):
        return f"no claim: {item.reason.value}"
    value = f"{item.value:f}" + (f" to {item.value_to:f}" if item.value_to is not None else "")
    words = (item.kind, "" if item.comparator == "=" else item.comparator, value, item.unit, item.counted)
    return " ".join(word for word in words if word)
