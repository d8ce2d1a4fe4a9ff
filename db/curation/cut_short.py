"""Names that were read cut short: "Sondervermögen Hafen" of what is called "Sondervermögen Hafen der Neuen Stadt"; and
those that were read too long: "Seenpass Inspiration", where a headline follows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from db.curation.programme_names import needs_much, stems, unglued
from db.tables import ClaimRow, Reading, ReleaseProject, ReleaseRow
from models.projects import ProjectGroup

_MOSTLY = 0.75
"""Share of the sentences with a name that have the longer one, from which on it is that one."""
_LEAST = 10
"""Characters of a name that may be part of another by more than chance."""


def cut_short(connection: Connection, groups: Sequence[ProjectGroup]) -> Iterator[tuple[ProjectGroup, ProjectGroup]]:
    """Programmes of which one is the other, as the releases prove, the shorter name first.

    Either the shorter name is hardly ever written but as part of the longer one; or every release that has the longer
    one, which adds only for what it is, has the shorter one, too, and no other programme's name goes on from it; or the
    headlines of all that is told under the longer one have the shorter one alone.
    """
    for short, longer in _within(groups):
        too_long = [each for each in longer if not needs_much(short.name) and _is_headlined(connection, short, each)]
        yield from ((each, short) for each in too_long)
        one = [each for each in longer if _reads_on(connection, short, each)]
        if not one and len(longer) == 1 and _begins(short, longer[0]) and _told_beside(connection, short, longer[0]):
            one = longer
        if len(one) == 1:
            yield short, one[0]


def _within(groups: Sequence[ProjectGroup]) -> Iterator[tuple[ProjectGroup, list[ProjectGroup]]]:
    """Programmes whose name is part of the names of others, with these."""
    by_words: dict[str, ProjectGroup] = {form: group for group in groups for form in _forms(group)}
    found: dict[str, dict[str, ProjectGroup]] = defaultdict(dict)
    for form, group in by_words.items():
        words = form.split()
        for first in range(len(words)):
            for end in range(first + 1, len(words) + 1):
                short = by_words.get(f" {' '.join(words[first:end])} ")
                if short is not None and short is not group:
                    found[short.name][group.name] = group
    by_name = {group.name: group for group in groups}
    return ((by_name[name], list(others.values())) for name, others in sorted(found.items()))


def _forms(group: ProjectGroup) -> list[str]:
    return [form for form in map(stems, (group.name, *group.aliases)) if len(form) >= _LEAST]


def _reads_on(connection: Connection, short: ProjectGroup, longer: ProjectGroup) -> bool:
    told = (
        select(Reading.sentence, ReleaseRow.title)
        .join(ClaimRow, ClaimRow.key == Reading.claim_key)
        .join(ReleaseRow, ReleaseRow.id == ClaimRow.release_id)
        .where(Reading.current, Reading.subject_key.in_(sorted(short.keys)))
        .distinct()
    )
    texts = {stems(text) for row in connection.execute(told) for text in row}
    having = [text for text in texts if any(form in text for form in _forms(short))]
    going_on = [text for text in having if any(form in text for form in _forms(longer))]
    return bool(having) and len(going_on) >= _MOSTLY * len(having)


def _begins(short: ProjectGroup, longer: ProjectGroup) -> bool:
    """Whether the longer name only adds for what, or against what, the programme is."""
    if needs_much(short.name):
        return False
    begins = (f"{name} {joint} " for name in (short.name, *short.aliases) for joint in ("für", "gegen"))
    return longer.name.startswith(tuple(begins))


def _is_headlined(connection: Connection, short: ProjectGroup, longer: ProjectGroup) -> bool:
    """Whether all headlines over what is told under a name that goes on from another have that alone.

    Another number, or what is spelt as a name is, makes it another one: "Ausfallfonds II", "StegPLUS Uferdorf-Süd".
    """
    if unglued(longer.name, (short.name, *short.aliases)) == longer.name:
        return False
    told = (
        select(ReleaseRow.title)
        .join(ClaimRow, ClaimRow.release_id == ReleaseRow.id)
        .join(Reading, Reading.claim_key == ClaimRow.key)
        .where(Reading.current, Reading.subject_key.in_(sorted(longer.keys)))
        .distinct()
    )
    titles = [stems(title) for title in connection.scalars(told)]
    alone = [any(form in title for form in _forms(short)) for title in titles]
    going_on = [any(form in title for form in _forms(longer)) for title in titles]
    return bool(titles) and all(alone) and not any(going_on)


def _told_beside(connection: Connection, short: ProjectGroup, longer: ProjectGroup) -> bool:
    """Whether every release that has the longer name has the shorter one."""
    releases = [
        set(connection.scalars(select(ReleaseProject.release_id).where(ReleaseProject.name_key.in_(sorted(each.keys)))))
        for each in (short, longer)
    ]
    return bool(releases[1]) and releases[1] <= releases[0]
