"""Learns all weights from annotated releases, measures them by cross-validation, and writes them.

    python -m extractors.training.train FOLDER... [--releases FILE]

Each folder holds `gold/` and `text/`; the file holds the texts of the annotations beside this module. What a later
decision reads of an earlier one, or of the network, is taken from weights that have not seen the release, in training
as in measuring.
"""

import argparse
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.subject import Subjects
from extractors.claims.found import Found
from extractors.claims.of_projects import candidates
from extractors.claims.reported import by_likelihood
from extractors.claims.reported import features as features_beside
from extractors.claims.state import announced, asserted
from extractors.claims.state import told as told_of_number
from extractors.claims.state.assertion import Assertion
from extractors.claims.state.modality import by_rule
from extractors.claims.state.stated import features
from extractors.contexts import read_by
from extractors.decisions.linear import WEIGHTS, Linear
from extractors.decisions.network import WEIGHTS as NETWORK
from extractors.decisions.network import ContextNetwork
from extractors.rules.projects.component import name_projects
from extractors.rules.projects.component import naming_of as naming_of_document
from extractors.rules.projects.things import things
from extractors.tokens import tokens
from extractors.training import network
from extractors.training.fit import Ranking, one_of_several, yes_or_no
from extractors.training.gold import Annotated, annotated, annotated_elsewhere
from models.quantity import Quantity

FOLDS = 4


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--folds", type=Path, help="write the weights of each fold there, too: FOLDER/0 to FOLDER/3")
    parser.add_argument("--releases", type=Path, help="releases whose annotations lie beside this module, JSON lines")
    arguments = parser.parse_args()
    releases = list(annotated(arguments.folders))
    if arguments.releases:
        releases += annotated_elsewhere(arguments.releases)
    lessons = {release.id: network.lesson(release) for release in releases}
    if arguments.folds:
        for fold, (others, _) in enumerate(_folds(releases)):
            path = arguments.folds / str(fold) / NETWORK.name
            network.write(network.train([lessons[release.id] for release in others]), path)
            _read_in_context(others, lessons)
            write(learn(others), arguments.folds / str(fold))
    network.write(network.train(list(lessons.values())), NETWORK)
    _read_in_context(releases, lessons)
    write(learn(releases), WEIGHTS)


def _read_in_context(releases: Sequence[Annotated], lessons: Mapping[str, network.Lesson]) -> None:
    """Has each half of the releases judged by a network that has learned from the other one."""
    with TemporaryDirectory() as folder:
        for half in range(2):
            path = Path(folder) / f"{half}.npz"
            network.write(network.train([lessons[r.id] for r in releases if _half(r) != half]), path)
            judge = ContextNetwork(path)
            for release in releases:
                if _half(release) == half:
                    read_by(release.doc, judge)


def _half(release: Annotated) -> int:
    return zlib.crc32(release.id.encode()) % 2


def learn(releases: Sequence[Annotated]) -> dict[str, Linear]:
    """The weights of all decisions."""
    found: dict[str, Found] = {}
    for others, own in _folds(releases):
        naming = naming_of(others)
        for release in own:
            name_projects(release.doc, naming["name"], naming["topic"])
            found[release.id] = Found(release.doc, ())
    listed = [row for release in releases for row in list(_listed(release, found[release.id])) * release.weight]
    made = {release.id: choices(release, found[release.id]) for release in releases}
    told = {release.id: list(_told(release, found[release.id])) for release in releases}
    stated: list[tuple[dict[str, float], bool]] = []
    ahead: list[tuple[dict[str, float], bool]] = []
    seen: dict[str, Linear] = {}
    again: dict[str, list[Ranking]] = {}
    for others, own in _folds(releases):
        subject = _of_subjects(made, others)
        for release in own:
            seen[release.id] = subject
            again[release.id] = chosen_again(release, found[release.id], subject)
    for others, own in _folds(releases):
        neighbours, numbers = _of_neighbours(again, others), _of_numbers(told, others)
        for release in own:
            subjects = Subjects(found[release.id], seen[release.id], neighbours)
            stated += list(_stated(release, found[release.id], subjects, numbers)) * release.weight_of_states
            ahead += list(_announced(release, found[release.id], numbers)) * release.weight
    return {
        **naming_of(releases),
        "reported": yes_or_no(listed, 2),
        "subject": _of_subjects(made, releases),
        "neighbours": _of_neighbours(again, releases),
        "told": _of_numbers(told, releases),
        "stated": yes_or_no(stated, 10),
        "announced": yes_or_no(ahead, 5),
    }


def _of_subjects(made: Mapping[str, list[Ranking]], releases: Iterable[Annotated]) -> Linear:
    return one_of_several([choice for release in releases for choice in made[release.id] * release.weight], 8)


def _of_neighbours(made: Mapping[str, list[Ranking]], releases: Iterable[Annotated]) -> Linear:
    return one_of_several([choice for release in releases for choice in made[release.id] * release.weight], 2)


def _of_numbers(made: Mapping[str, list[Ranking]], releases: Iterable[Annotated]) -> Linear:
    """What is told of numbers was annotated alike by all."""
    return one_of_several([choice for release in releases for choice in made[release.id]], 4)


def _folds(releases: Sequence[Annotated]) -> Iterator[tuple[list[Annotated], list[Annotated]]]:
    """Each fold of the releases, after all others."""
    for fold in range(FOLDS):
        yield [r for index, r in enumerate(releases) if index % FOLDS != fold], list(releases[fold::FOLDS])


def _stated(
    release: Annotated, found: Found, subjects: Subjects, told: Linear
) -> Iterator[tuple[dict[str, float], bool]]:
    """Status words that no number uses, and whether the annotation has a claim there."""
    numbers = (told_of_number.of_number(found, quantity, told).mention for quantity in found.quantities)
    used = frozenset(mention for mention in numbers if mention is not None)
    for candidate in candidates(found, subjects, used):
        mention = candidate.mention
        here = (status for start, end, status in release.states if start < mention.end and mention.start < end)
        is_claim = not mention.may_tell.isdisjoint(here)
        yield features(found, candidate), is_claim


def _announced(release: Annotated, found: Found, told: Linear) -> Iterator[tuple[dict[str, float], bool]]:
    """Annotated claims whose modality no rule decides, and whether they are planned."""
    for claim in release.claims:
        assertion = _asserted(release, found, claim, told)
        if assertion is not None and by_rule(assertion) is None:
            yield announced.features(assertion), claim["modality"] == "planned"


def _asserted(release: Annotated, found: Found, claim: Mapping[str, Any], told: Linear) -> Assertion | None:
    if claim["kind"] != "status":
        quantity = _quantity(release, found, claim)
        if quantity is None:
            return None
        return asserted.of_number(found, quantity, told_of_number.of_number(found, quantity, told).mention)
    start, end = release.span(claim)
    here = (m for m in found.statuses if m.start < end and start < m.end and m.clause >= 0)
    mention = next((m for m in here if claim["status"] in m.may_tell), None)
    return None if mention is None else asserted.of_status(found, mention)


def naming_of(releases: Sequence[Annotated]) -> dict[str, Linear]:
    """Weights of what is named, and of what a release is about."""
    rows = [(release, *thing) for release in releases for thing in _things(release) * release.weight]
    listed = [(features, release.is_listed(names)) for release, names, features in rows]
    topics = [(features, _is_topic(release, names)) for release, names, features in rows]
    return {"name": yes_or_no(listed, 10), "topic": yes_or_no(topics, 10)}


_THINGS: dict[str, list[tuple[tuple[str, ...], dict[str, float]]]] = {}


def _things(release: Annotated) -> list[tuple[tuple[str, ...], dict[str, float]]]:
    if release.id not in _THINGS:
        doc, listed = release.doc, tokens(release.doc)
        found = things(listed, doc._.bilanz_noun_phrases, doc._.bilanz_phrase_of)
        naming = naming_of_document(doc, found)
        _THINGS[release.id] = [
            ((thing.project.name, *thing.project.aliases), naming.features(thing)) for thing in found
        ]
    return _THINGS[release.id]


def _listed(release: Annotated, found: Found) -> Iterator[tuple[dict[str, float], bool]]:
    """The names that were found, and whether a release reports on each; a second name of the same thing is none."""
    rows, left = features_beside(found), list(release.projects)
    for index in by_likelihood(found.standings):
        names = (found.projects[index].name, *found.projects[index].aliases)
        meant = (project for project in left if any(release.is_called(project["name"], name) for name in names))
        if (project := next(meant, None)) is not None:
            left.remove(project)
        yield rows[index], project is not None


def _is_topic(release: Annotated, names: Sequence[str]) -> bool:
    return release.topic is not None and any(release.is_called(release.topic, name) for name in names)


def _told(release: Annotated, found: Found) -> Iterator[Ranking]:
    """The statuses that may be told of each annotated number; the last alternative is nothing."""
    for claim in release.claims:
        quantity = _quantity(release, found, claim)
        if quantity is not None:
            told, rows = zip(*told_of_number.alternatives(found, quantity), strict=True)
            fitting = (index for index, each in enumerate(told) if each.is_told_as(claim["status"]))
            yield Ranking(rows, frozenset(fitting))


def _quantity(release: Annotated, found: Found, claim: Mapping[str, Any]) -> Quantity | None:
    if claim["kind"] == "status":
        return None
    start, end = release.span(claim)
    return next((q for q in found.quantities if q.start < end and start < q.end), None)


def choices(release: Annotated, found: Found) -> list[Ranking]:
    """The annotated claims of a release as choices among its projects; the last alternative is none."""
    subjects = Subjects(found)
    made = []
    for claim in release.claims:
        statement = _statement(release, found, claim)
        alternatives = subjects.alternatives.rows(statement, subjects.by_rule(statement))
        made.append(Ranking(alternatives, _right(release, found, claim["subject"])))
    return made


def chosen_again(release: Annotated, found: Found, subject: Linear) -> list[Ranking]:
    """The same choices with what stands around, seen with weights of other releases."""
    if not found.projects:
        return []
    neighbours = Subjects(found, subject).neighbours
    return [
        Ranking(neighbours.rows(_statement(release, found, claim)), _right(release, found, claim["subject"]))
        for claim in release.claims
    ]


def _right(release: Annotated, found: Found, subject: str | None) -> frozenset[int]:
    if subject is None:
        return frozenset([len(found.projects)])
    fitting = (
        index
        for index, project in enumerate(found.projects)
        if any(release.is_called(subject, name) for name in (project.name, *project.aliases))
    )
    return frozenset(fitting)


def _statement(release: Annotated, found: Found, claim: Mapping[str, Any]) -> Utterance:
    start, end = release.span(claim)
    first, last = found.tokens.at(start), found.tokens.at(end - 1)
    overlapping = [m for m in found.statuses if m.start < end and start < m.end]
    if claim["kind"] == "status":
        own = [m for m in overlapping if m.status == claim["status"]] or overlapping
        place = own[0] if own else None
        return Utterance(place.first if place else first, place.last if place else last, "status", place)
    quantity = _quantity(release, found, claim)
    if quantity is None:
        return Utterance(first, last, claim["kind"], None)
    return Utterance.of_number(quantity)


def write(learned: dict[str, Linear], folder: Path) -> None:
    """Writes weights as JSON, a file a decision."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, linear in learned.items():
        content = {"bias": linear.bias, "weights": dict(sorted(linear.weights.items()))}
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
