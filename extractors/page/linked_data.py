"""What a page says of itself in JSON-LD (schema.org)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from extractors.page.markup import Element

_OWN = frozenset({"NewsArticle", "Article", "BlogPosting", "Report", "PressRelease", "ReportageNewsArticle"})
_PAGE = frozenset({"WebPage", "ItemPage"})
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def published_in_json(root: Element) -> list[str]:
    """What `datePublished` says of the article, else of the page; never of a picture, the site or another article."""
    articles: list[str] = []
    pages: list[str] = []
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json" or "datePublished" not in (script.text or ""):
            continue
        try:
            told = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            # Broken JSON is common; where one day alone is named in it, there is no doubt whose it is.
            found = _STATED.findall(script.text)
            articles += found if len(set(found)) == 1 else []
            continue
        for thing in _things(told):
            kinds = thing.get("@type")
            names = set(kinds if isinstance(kinds, list) else [kinds]) - {None}
            stated = thing.get("datePublished")
            if isinstance(stated, str):
                if not names or names & _OWN:
                    articles.append(stated)
                elif names & _PAGE:
                    pages.append(stated)
    return articles + pages


def _things(told: Any) -> Iterator[dict[str, Any]]:
    """The objects that a script describes by themselves: what lies inside one of them is another thing."""
    if isinstance(told, list):
        for each in told:
            yield from _things(each)
    elif isinstance(told, dict):
        if isinstance(told.get("@graph"), list):
            yield from _things(told["@graph"])
        yield told
        if isinstance(main := told.get("mainEntity"), dict):
            yield main
