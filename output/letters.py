"""Messages in words: a subject and a plain text for people, the same as data for programs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from db.watching.alerts import Message
from models.calendar import berlin_day
from models.filters import FACETS, ClaimFilter, FacetField
from models.language import Language
from output.catalogue import catalogue
from output.sentences import statement
from output.terms import value_term
from output.words import day, number, quoted

Publisher = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: `data` is what a webhook gets."""

    subject: str
    body: str
    data: Mapping[str, Any]
    language: Language


def letter(message: Message, *, address: str | None, publisher: Publisher) -> Letter:
    """A message in the language of its watch.

    Args:
        message: what is to be told.
        address: public address of the pages; None leaves their links out.
        publisher: the name of a press office by its id.
    """
    return _Writer(message, address.rstrip("/") if address else None, publisher).letter()


def described(wanted: ClaimFilter, language: Language) -> str:
    """What a watch is about: "Ruhr-Konferenz, abgeschlossen"."""
    # A year is asked for by `since` and `until`.
    names = [facet.name for facet in sorted(FACETS, key=_place) if facet.name != "year"]
    given = {name: value for name in names if (value := getattr(wanted, name)) is not None}
    parts = [quoted(wanted.text, language)] if wanted.text else []
    parts += [value_term(name, value, language) for name, value in given.items()]
    parts += [wanted.release] if wanted.release else []
    parts += [f"≥ {number(wanted.at_least, language)}"] if wanted.at_least is not None else []
    parts += [f"≤ {number(wanted.at_most, language)}"] if wanted.at_most is not None else []
    if wanted.since or wanted.until:
        parts.append("–".join(dict.fromkeys((wanted.since or "", wanted.until or ""))))
    return ", ".join(parts) or catalogue("output", language).gettext("alle Angaben")


def _place(facet: FacetField) -> int:
    return facet.place or len(FACETS)


class _Writer:
    def __init__(self, message: Message, address: str | None, publisher: Publisher) -> None:
        self._message = message
        self._address = address
        self._publisher = publisher
        self._language: Language = message.watch.language
        self._ = catalogue("output", self._language).gettext

    def letter(self) -> Letter:
        sources = self._message.watch.topic == "sources"
        subject = self._sources_subject() if sources else self._claims_subject()
        blocks = [*(map(self._source, self._message.items) if sources else self._claims()), self._end()]
        return Letter(subject, "\n\n".join([subject, *blocks]) + "\n", self._data(), self._language)

    def _sources_subject(self) -> str:
        items = self._message.items
        first = self._publisher(items[0]["source"])
        if len(items) == 1:
            return f"{first}: {self._state(items[0]['state'])}"
        return self._("%(name)s und %(n)s weitere Quellen: neuer Zustand") % {"name": first, "n": len(items) - 1}

    def _claims_subject(self) -> str:
        count = len(self._message.items) + self._message.left_out
        about = described(self._message.watch.wanted, self._language)
        one, more = self._("%(about)s: eine Änderung"), self._("%(about)s: %(n)s Änderungen")
        return (one if count == 1 else more) % {"about": about, "n": count}

    def _source(self, item: Mapping[str, Any]) -> str:
        lines = [f"{self._publisher(item['source'])} ({item['source']}): {self._state(item['state'])}"]
        lines.append(self._("vorher: %(state)s") % {"state": self._state(item["before"])})
        if item["reason"]:
            lines.append(item["reason"])
        return "\n  ".join(lines)

    def _claims(self) -> Iterator[str]:
        for item in self._message.items:
            yield "\n  ".join(self._claim(item))
        if self._message.left_out:
            yield self._("… und %(n)s weitere Änderungen.") % {"n": self._message.left_out}

    def _claim(self, item: Mapping[str, Any]) -> Iterator[str]:
        stated = item["after"] or item["before"]
        yield f"{self._kind(item['change'])}: {statement(stated, self._language)}{self._as_of(stated)}"
        if item["change"] == "changed":
            yield self._("vorher: %(what)s") % {"what": statement(item["before"], self._language)}
            if item["before"]["sentence"] != stated["sentence"]:
                yield quoted(item["before"]["sentence"], "de")
                yield self._("jetzt:")
        elif item["previous"]:
            previous = item["previous"]
            words = statement(previous, self._language) + self._as_of(previous)
            yield self._("zuvor berichtet: %(what)s") % {"what": words}
        yield quoted(stated["sentence"], "de")
        release = item["release"]
        published = filter(None, (self._publisher(release["source"]), self._day(release)))
        yield f"{release['title']} ({', '.join(published)})"
        yield release["url"]
        if page := self._page(f"/claims/{item['key']}"):
            yield page

    def _end(self) -> str:
        watch = self._message.watch
        lines = ["-- "]
        if watch.topic == "claims" and (page := self._page(f"/watches/{watch.token}")):
            lines.append(self._("Alles zu dieser Beobachtung: %(page)s") % {"page": page})
        elif watch.topic == "sources" and (page := self._page("/health")):
            lines.append(self._("Alle Quellen: %(page)s") % {"page": page})
        lines.append(self._("Beobachtung %(id)s; sie endet mit: bilanz watch remove %(id)s") % {"id": watch.id})
        return "\n".join(lines)

    def _kind(self, change: str) -> str:
        if change == "new":
            return self._("Neu")
        return self._("Geändert") if change == "changed" else self._("Nicht mehr im Text")

    def _state(self, state: str) -> str:
        if state == "completed":
            return self._("in Ordnung")
        return self._("mit Lücken gelesen") if state == "degraded" else self._("nicht lesbar")

    def _as_of(self, stated: Mapping[str, Any]) -> str:
        date = stated["reporting_date"]
        return ", " + self._("Stand %(day)s") % {"day": day(date, self._language)} if date else ""

    def _day(self, release: Mapping[str, Any]) -> str:
        published = release["published"]
        return day(berlin_day(datetime.fromisoformat(published)), self._language) if published else ""

    def _page(self, path: str) -> str | None:
        prefix = "" if self._language == "de" else f"/{self._language}"
        return f"{self._address}{prefix}{path}" if self._address else None

    def _data(self) -> dict[str, Any]:
        message, watch = self._message, self._message.watch
        items = message.items
        if watch.topic == "claims":
            items = tuple({**item, "page": self._page(f"/claims/{item['key']}")} for item in items)
        about = {"id": watch.id, "query": watch.query, "page": self._page(f"/watches/{watch.token}")}
        return {
            "type": f"{watch.topic}.changed",
            "timestamp": message.raised_at.isoformat(),
            "data": {"id": message.key, "watch": about, "items": list(items), "left_out": message.left_out},
        }
