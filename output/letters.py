"""Messages in words: a subject and a plain text for people, the same as data for programs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from db.watching.alerts import Message
from db.watching.links import Purpose, signed
from db.watching.watches import WatchRecord
from models.calendar import berlin_day
from models.filters import FACETS, NOT_STATED, ClaimFilter, FacetField
from models.language import Language
from output.catalogue import catalogue
from output.changes import other_fields
from output.recognised import recognised
from output.sentences import statement
from output.terms import field_term, value_term
from output.words import day, number, quoted, unit_name

Publisher = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: `data` is what a webhook gets; a POST to `end` ends the watch, None where pages have no address."""

    subject: str
    body: str
    data: Mapping[str, Any]
    language: Language
    end: str | None = None


def letter(message: Message, *, address: str | None, publisher: Publisher) -> Letter:
    """A message in the language of its watch.

    Args:
        message: what is to be told.
        address: public address of the pages; None leaves their links out.
        publisher: the name of a press office by its id.
    """
    return _Writer(message, address, publisher).letter()


def invitation(watch: WatchRecord, *, address: str, reported: str) -> Letter:
    """The first message to whoever is to be told: whether that is wanted.

    Args:
        watch: not confirmed yet.
        address: public address of the pages.
        reported: what is watched: "Ruhr-Konferenz, abgeschlossen".
    """
    _ = catalogue("output", watch.language).gettext
    page = link_of(watch, "confirm", address)
    subject = _("Bitte bestätigen: Beobachtung %(about)s") % {"about": reported}
    lines = [
        _("Jemand möchte, dass Zwischenbilanz hierher meldet, was sich ändert: %(about)s.") % {"about": reported},
        _("Wer das will, bestätigt es innerhalb von zwei Tagen hier: %(page)s") % {"page": page},
        _("Sonst kommt nichts weiter, und diese Adresse wird wieder vergessen."),
    ]
    about = {"id": watch.id, "query": watch.query, "page": page}
    data = {"type": "watch.confirm", "timestamp": watch.created_at.isoformat(), "data": {"watch": about}}
    return Letter(subject, "\n\n".join([subject, *lines]) + "\n", data, watch.language)


def welcome(watch: WatchRecord, *, address: str, publisher: Publisher) -> Letter:
    """The message to whoever has confirmed a watch: that it has begun, and where it is paused and ended."""
    _ = catalogue("output", watch.language).gettext
    about, page = described(watch.wanted, watch.language, publisher), link_of(watch, "manage", address)
    if watch.topic == "sources":
        about = publisher(watch.wanted.source) if watch.wanted.source else _("alle Quellen")
    subject = _("Beobachtung läuft: %(about)s") % {"about": about}
    often = value_term("frequency", watch.frequency, watch.language)
    lines = [
        _("Von jetzt an kommt hierher, was sich ändert, höchstens: %(often)s.") % {"often": often},
        _("Pausieren oder beenden: %(page)s") % {"page": page},
    ]
    told = {"id": watch.id, "query": watch.query, "manage": page}
    data = {"type": "watch.begun", "timestamp": watch.created_at.isoformat(), "data": {"watch": told}}
    return Letter(subject, "\n\n".join([subject, *lines]) + "\n", data, watch.language, f"{page}/end")


def link_of(watch: WatchRecord, purpose: Purpose, address: str) -> str:
    """The address by which its receiver confirms a watch, or pauses and ends it."""
    return _page_at(address, f"/watches/{purpose}/{signed(watch, purpose)}", watch.language)


def _page_at(address: str, path: str, language: Language) -> str:
    return address.rstrip("/") + ("" if language == "de" else f"/{language}") + path


def unquoted_words(language: Language) -> str:
    """Words of a search that are not repeated to whoever is written to."""
    _ = catalogue("output", language).gettext
    return _("mit gesuchten Wörtern, die auf der verlinkten Seite stehen")


def described(wanted: ClaimFilter, language: Language, publisher: Publisher = str) -> str:
    """What a watch is about: "Ruhr-Konferenz samt Teilen, abgeschlossen"; a press office as `publisher` names it."""
    _ = catalogue("output", language).gettext
    # A year is asked for by `since` and `until`.
    names = [facet.name for facet in sorted(FACETS, key=_place) if facet.name != "year"]
    given = {name: value for name in names if (value := getattr(wanted, name)) is not None}
    parts = [quoted(wanted.text, language)] if wanted.text else []
    shown = {name: value_term(name, value, language) for name, value in given.items()}
    if wanted.unit and wanted.unit != NOT_STATED:
        shown["unit"] = unit_name(wanted.unit, language)
    if wanted.source:
        shown["source"] = publisher(wanted.source)
    if wanted.parts and "project" in shown:
        shown["project"] = _("%(name)s samt Teilen") % {"name": shown["project"]}
    parts += shown.values()
    parts += [wanted.release] if wanted.release else []
    parts += [f"≥ {number(wanted.at_least, language)}"] if wanted.at_least is not None else []
    parts += [f"≤ {number(wanted.at_most, language)}"] if wanted.at_most is not None else []
    if wanted.since or wanted.until:
        parts.append("–".join(dict.fromkeys((wanted.since or "", wanted.until or ""))))
    spans = ("published_since", "published_until", "due_since", "due_until")
    parts += [f"{field_term(name, language)} {value}" for name in spans if (value := getattr(wanted, name))]
    return ", ".join(parts) or _("alle Angaben")


def _whole(item: Mapping[str, Any]) -> tuple[str, str] | None:
    """What befell a whole release, and which one; None for what befell a claim."""
    return (item["cause"], item["release"]["id"]) if item["cause"] in ("deletion", "return") else None


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
        body = "\n\n".join([subject, *blocks]) + "\n"
        return Letter(
            subject, body, self._data(), self._language, f"{manage}/end" if (manage := self._manage()) else None
        )

    def _sources_subject(self) -> str:
        items = self._message.items
        first = self._publisher(items[0]["source"])
        if len(items) == 1:
            return f"{first}: {self._state(items[0]['state'])}"
        return self._("%(name)s und %(n)s weitere Quellen: neuer Zustand") % {"name": first, "n": len(items) - 1}

    def _claims_subject(self) -> str:
        count = len(self._message.items) + self._message.left_out
        about = described(self._message.watch.wanted, self._language, self._publisher)
        one, more = self._("%(about)s: eine Änderung"), self._("%(about)s: %(n)s Änderungen")
        return (one if count == 1 else more) % {"about": about, "n": count}

    def _source(self, item: Mapping[str, Any]) -> str:
        lines = [f"{self._publisher(item['source'])} ({item['source']}): {self._state(item['state'])}"]
        lines.append(self._("vorher: %(state)s") % {"state": self._state(item["before"])})
        if item["reason"]:
            lines.append(recognised(item["reason"], self._language))
        return "\n  ".join(lines)

    def _claims(self) -> Iterator[str]:
        for whole, group in groupby(self._message.items, key=_whole):
            items = list(group)
            blocks = [self._claim(item) for item in items] if whole is None else [self._release(items)]
            for block in blocks:
                yield "\n  ".join(block)
        if self._message.left_out:
            yield self._("… und %(n)s weitere Änderungen.") % {"n": self._message.left_out}

    def _claim(self, item: Mapping[str, Any]) -> Iterator[str]:
        stated = item["after"] or item["before"]
        yield f"{self._kind(item['change'])}: {statement(stated, self._language)}{self._as_of(stated)}"
        if item["change"] == "changed":
            yield from self._before(item["before"], stated)
            if item["before"]["sentence"] != stated["sentence"]:
                yield quoted(item["before"]["sentence"], "de")
                yield self._("jetzt:")
        elif item["previous"]:
            previous = item["previous"]
            words = statement(previous, self._language) + self._as_of(previous)
            yield self._("zuvor berichtet: %(what)s") % {"what": words}
        yield quoted(stated["sentence"], "de")
        yield self._titled(item["release"])
        yield item["release"]["url"]
        if page := self._page(f"/claims/{item['key']}"):
            yield page

    def _before(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        """What was said before; where the number and the state are as they were, what else was."""
        was = statement(before, self._language)
        if was != statement(after, self._language):
            yield self._("vorher: %(what)s") % {"what": was}
            return
        for label, value, _now in other_fields(before, after, self._language):
            yield self._("%(field)s vorher: %(what)s") % {"field": label, "what": value}

    def _release(self, items: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        """A release that is gone as a whole, or there again, with what it states."""
        release, gone = items[0]["release"], items[0]["cause"] == "deletion"
        yield f"{self._('Gelöscht') if gone else self._('Wieder da')}: {self._titled(release)}"
        if gone:
            yield self._("Die Meldung ist beim Herausgeber nicht mehr zu finden. Sie sagte:")
        for item in items:
            stated = item["after"] or item["before"]
            yield f"- {statement(stated, self._language)}{self._as_of(stated)}"
        yield release["url"]
        if page := self._page(f"/releases/{release['id']}"):
            yield page

    def _titled(self, release: Mapping[str, Any]) -> str:
        published = filter(None, (self._publisher(release["source"]), self._day(release)))
        return f"{release['title']} ({', '.join(published)})"

    def _end(self) -> str:
        watch = self._message.watch
        lines = ["-- "]
        if watch.topic == "claims" and (page := self._page(f"/watches/{watch.token}")):
            lines.append(self._("Alles zu dieser Beobachtung: %(page)s") % {"page": page})
        elif watch.topic == "sources" and (page := self._page("/health")):
            lines.append(self._("Alle Quellen: %(page)s") % {"page": page})
        if manage := self._manage():
            lines.append(self._("Pausieren oder beenden: %(page)s") % {"page": manage})
        if not watch.on_page:
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
        return _page_at(self._address, path, self._language) if self._address else None

    def _manage(self) -> str | None:
        return link_of(self._message.watch, "manage", self._address) if self._address else None

    def _data(self) -> dict[str, Any]:
        message, watch = self._message, self._message.watch
        items = message.items
        if watch.topic == "claims":
            items = tuple({**item, "page": self._page(f"/claims/{item['key']}")} for item in items)
        manage = self._manage()
        about = {"id": watch.id, "query": watch.query, "page": self._page(f"/watches/{watch.token}"), "manage": manage}
        return {
            "type": f"{watch.topic}.changed",
            "timestamp": message.raised_at.isoformat(),
            "data": {"id": message.key, "watch": about, "items": list(items), "left_out": message.left_out},
        }
