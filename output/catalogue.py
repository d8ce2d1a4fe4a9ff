"""Catalogues of messages: the messages themselves are German, other languages are translated from them."""

from functools import lru_cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from models.language import Language


@lru_cache
def catalogue(package: str, language: Language) -> NullTranslations:
    """The catalogue of a package, `locale/en.po` within it."""
    if language == "de":
        return NullTranslations()
    with files(package).joinpath(f"locale/{language}.po").open("rb") as source:
        found = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return Translations(compiled)
