"""What reviewers type into forms: numbers, dates and units as people write them, and what is at fault with them."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, TypeVar

from babel.numbers import NumberFormatError, parse_decimal
from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError

from extractors.rules.quantities.patterns import UNITS
from models.claim import NUMBER_FIELDS, plain
from models.errors import InputError
from models.language import Language
from output.dates import ISO, date_named
from output.words import number, unit_name
from web.http.language import translations

M = TypeVar("M", bound=BaseModel)

_DATES = ("since", "until", "as_of", "reporting_date")
_SCALED = re.compile(r"([-+0-9.,]+)\s*(\D+)")
_ENGLISH_SCALES = {"bn": 10**9, "billion": 10**9, "m": 10**6, "million": 10**6, "thousand": 10**3}


class Mistyped(InputError):
    """What was typed cannot be kept; `faults` says why, a sentence each, in the language of the form."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


async def sent_fields(request: Request) -> dict[str, str]:
    """The fields of a form by their names; files are left out."""
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(sent_fields)]


def labels(language: Language) -> dict[str, str]:
    """What the fields of a claim are called in forms."""
    _ = translations(language).gettext
    return {
        "value": _("Zahl"),
        "value_to": _("Bis"),
        "unit": _("Einheit"),
        "counted": _("Gezähltes"),
        "of": _("Von insgesamt"),
        "subject": _("Projekt"),
        "speaker": _("Sprecher"),
        "reporting_date": _("Stichtag"),
        "since": _("Seit"),
        "until": _("Bis zum"),
        "as_of": _("Zeitpunkt"),
        "kind": _("Art"),
        "status": _("Stand"),
        "modality": _("Aussage"),
        "comparator": _("Genauigkeit"),
        "quote": _("Wörter"),
        "note": _("Anmerkung"),
    }


def written(name: str, value: Decimal | str | None, language: Language) -> str:
    """A field as a form shows it: "136.000.000", "31.12.2024", "Jahre"; `plain_fields` reads it back."""
    if value is None:
        return ""
    if name == "unit":
        return unit_name(str(value), language)
    if name in NUMBER_FIELDS:
        return number(Decimal(value), language)
    found = ISO.fullmatch(str(value)) if name in _DATES and language == "de" else None
    return ".".join(part for part in reversed(found.groups()) if part) if found else str(value)


def plain_fields(form: Mapping[str, str], language: Language) -> dict[str, str]:
    """Fields as the database has them, from fields as they were typed.

    Raises:
        Mistyped: some cannot be understood; all of them are named.
    """
    read: dict[str, str] = {}
    faults: list[str] = []
    for name, typed in form.items():
        words = " ".join(typed.split())
        reader = _reader(name)
        try:
            read[name] = reader(words, language) if reader and words else typed.strip()
        except ValueError:
            faults.append(_fault(name, words, language))
    if faults:
        raise Mistyped(*faults)
    return read


def checked(model: type[M], fields: Mapping[str, str], language: Language) -> M:
    """The fields as a model.

    Raises:
        Mistyped: they do not fit it; each that does not is named.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        names = dict.fromkeys(str(each["loc"][0]) if each["loc"] else "" for each in error.errors())
        raise Mistyped(*(_fault(name, fields.get(name, ""), language) for name in names)) from error


def _reader(name: str) -> Callable[[str, Language], str] | None:
    if name in NUMBER_FIELDS:
        return _number
    if name in _DATES:
        return lambda words, _language: date_named(words)
    return _unit if name == "unit" else None


def _fault(name: str, typed: str, language: Language) -> str:
    _ = translations(language).gettext
    if name == "":
        return _("Ein Projektstand hat keine Zahl, aber einen Stand; jede andere Art hat eine Zahl.")
    if name in NUMBER_FIELDS:
        told = _("%(field)s: „%(typed)s“ ist keine Zahl wie 1.500 oder 2,5.")
    elif name in _DATES:
        told = _("%(field)s: „%(typed)s“ ist kein Tag wie 31.12.2024, kein Monat wie 03.2024, kein Jahr wie 2024.")
    elif name == "unit":
        told = _("%(field)s: „%(typed)s“ ist keine bekannte Einheit wie €, %%, km oder Jahre.")
    elif name == "quote" and not typed:
        told = _("%(field)s: Ohne Wörter aus dem Text ist nichts belegt.")
    else:
        told = _("%(field)s: „%(typed)s“ passt hier nicht.")
    return told % {"field": labels(language).get(name, name), "typed": typed}


def _number(words: str, language: Language) -> str:
    words = words.replace("−", "-").replace(" ", "") if not re.search(r"[^\W\d]", words) else words.replace("−", "-")
    factor = Decimal(1)
    if scaled := _SCALED.fullmatch(words):
        words, factor = scaled[1], _scale(scaled[2].strip(), language)
    try:
        value = parse_decimal(words, locale=language, strict=True)
    except NumberFormatError:
        # "2.5" is no German number, but nothing else than two and a half either.
        try:
            value = Decimal(words)
        except InvalidOperation:
            raise ValueError(words) from None
    return plain(value * factor) or ""


def _scale(word: str, language: Language) -> Decimal:
    if language == "en" and word in _ENGLISH_SCALES:
        return Decimal(_ENGLISH_SCALES[word])
    for factor, patterns in UNITS.scales.items():
        if any(re.fullmatch(pattern, word) for pattern in patterns):
            return factor
    raise ValueError(word)


def _unit(words: str, language: Language) -> str:
    words = words.replace("\u2011", "-")
    for known in UNITS.by_kind.values():
        for unit, patterns in known.items():
            if words in (unit, unit_name(unit, language).replace("\u2011", "-")) or any(
                re.fullmatch(each, words) for each in patterns
            ):
                return unit
    raise ValueError(words)
