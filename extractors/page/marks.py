"""What a reader sees otherwise than the characters of an element say: raised figures, and numbers that count up."""

import re

from extractors.page.markup import Element

_RAISED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|qm)\s?$")
_POWER = re.compile(r"[·x×*∙⋅]\s?10\s?$")
_NOTE = re.compile(r"[\[(]?(?:\d{1,3}(?:\s?[,;/]\s?\d{1,3})*|[a-z]|\*{1,3}|†)[\])]?")
_NOTE_NAME = re.compile(r"foot-?note|fu(?:ß|ss)note|(?:^|[\s_#-])fn\d*(?:$|[\s_-])|noteref", re.IGNORECASE)
_TARGET = re.compile(
    r"data-(?:\w+-)*?(?:target|end|to|stop|final|count|countup|counter)(?:-(?:number|value|count|to|end))?"
)
_FIGURE = re.compile(r"[+-]?\d[\d.,\s]*")
_COUNTING = re.compile(r"animat|count(?:er|-?up)|odometer|ticker", re.IGNORECASE)


def raised(element: Element, before: str) -> str | None:
    """The words of a raised element (`sup`, or the link of a footnote) after the words `before`; None where it is none.

    Squares and powers get raised characters, marks of footnotes are left out, since both grow onto the number
    before them otherwise; anything else stays.
    """
    if element.tag != "sup" and not (element.tag == "a" and _NOTE_NAME.search(_names(element))):
        return None
    text = "".join(element.itertext()).strip()
    if element.tag == "sup" and text in ("2", "3") and _UNIT.search(before):
        return text.translate(_RAISED)
    if element.tag == "sup" and re.fullmatch(r"[-−]?\d{1,2}", text) and _POWER.search(before):
        return text.translate(_RAISED)
    return "" if _NOTE.fullmatch(text) else None


def counted_up(element: Element) -> str | None:
    """The number at which an animation ends that starts with the number in the element; None where there is none."""
    if not element.attrib or element.text is None or len(element) or not _FIGURE.fullmatch(element.text.strip() or "-"):
        return None
    for name, value in element.attrib.items():
        if name[:5] == "data-" and _TARGET.fullmatch(name) and _FIGURE.fullmatch(value.strip()):
            return str(value).strip()
    return None


def counting_warning(root: Element) -> tuple[str, ...]:
    """One sentence where a script counts numbers of the page up to an end that it alone knows; else none."""
    found = sum(
        _FIGURE.fullmatch((element.text or "").strip() or "-") is not None and counted_up(element) is None
        for element in root.iter("span", "b", "strong", "div", "p", "h2", "h3")
        if _COUNTING.search(element.get("class", ""))
    )
    told = f"{found} numbers of the page are counted up by a script; what stands in the text is their start."
    return (told,) if found else ()


def _names(element: Element) -> str:
    return " ".join(element.get(name, "") for name in ("class", "id", "href", "role"))
