"""Catalogues of messages: what a package says, in languages in which its code does not (`locale/LANGUAGE.po`).

What pages and letters say stands in the code in German, what commands and errors say in English.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from models.language import Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


@lru_cache
def catalogue(package: str, language: Language) -> NullTranslations:
    """The translations of a package's messages; none for the language in which its code says them."""
    found = _read(package, language)
    if found is None:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.support import Translations

    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Translations(compiled)


@lru_cache
def messages(package: str, language: Language) -> dict[str, str]:
    """The messages of a package that have no plural, each with what it is in the language; as `catalogue`."""
    found = _read(package, language) or ()
    return {each.id: each.string for each in found if isinstance(each.id, str) and isinstance(each.string, str)}


def _read(package: str, language: Language) -> Catalog | None:
    from babel.messages.pofile import read_po

    path = files(package).joinpath(f"locale/{language}.po")
    if not path.is_file():
        return None
    with path.open("rb") as source:
        return read_po(source, locale=language)
