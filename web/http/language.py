"""Languages: German at "/", English at "/en/". No cookie remembers a choice, the address has it."""

from collections.abc import Mapping
from functools import lru_cache
from gettext import NullTranslations
from urllib.parse import quote, quote_plus

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from models.language import Language
from output.catalogue import catalogue

_ENGLISH = "/en"


class LanguagePrefix:
    """Takes the language off the path, so that routes need not know it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with its language noted."""
        if scope["type"] == "http":
            path = without_language(scope["path"])
            english = path != scope["path"]
            if english:
                scope = {**scope, "path": path, "raw_path": quote(path).encode()}
            scope["language"] = "en" if english else "de"
        await self._app(scope, receive, send)


def without_language(path: str) -> str:
    """A path as the German pages have it."""
    english = path == _ENGLISH or path.startswith(_ENGLISH + "/")
    return (path.removeprefix(_ENGLISH) or "/") if english else path


def language_of(request: Request) -> Language:
    """The language that a request's address asks for."""
    return "en" if request.scope.get("language") == "en" else "de"


def translations(language: Language) -> NullTranslations:
    """The catalogue of a language; the messages themselves are German."""
    return catalogue("web", language)


def href(path: str, language: Language = "de", parameters: Mapping[str, str | None] | None = None) -> str:
    """An address of ours: path in a language, with the parameters that have a value."""
    given = [f"{_quoted(name)}={_quoted(str(value))}" for name, value in (parameters or {}).items() if value]
    query = "?" + "&".join(given) if given else ""
    prefix = _ENGLISH if language == "en" else ""
    return prefix + _quoted_path(path) + query


# A page has two hundred addresses that differ in one value.
@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote_plus(value)


@lru_cache(maxsize=4096)
def _quoted_path(path: str) -> str:
    return quote(path, safe="/:@!$&'()*+,;=-._~")
