"""Reads source files: one YAML a press office, its family's file underneath it.

A source inherits its family's keys. Mappings are merged key by key, lists whose entries have a `name`
entry by entry; everything else is replaced, a selector and an empty list too. The merge works on YAML
nodes, which know where they stand, so that an error names file, line and column even where the family
is at fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.checked_yaml import child, compose, place, validated
from models.errors import InputError, UnknownSource
from models.source import Source
from models.spelling import did_you_mean

SOURCES = Path(__file__).parent / "sources"
FAMILIES = Path(__file__).parent / "families"


def load_source(path: Path) -> Source:
    """Reads one source file together with its family's.

    Raises:
        InputError: the file is no YAML or breaks the schema; the message names file, line and column.
    """
    own = _compose(path)
    family = child(own, "family")
    if not isinstance(family, ScalarNode):
        raise InputError(f"{place(own)}: family: this key is missing.")
    family_path = FAMILIES / f"{family.value}.yaml"
    if not family_path.is_file():
        raise InputError(f"{place(family)}: there is no family {family.value!r}; {_known(FAMILIES)}")
    merged = _merge(_compose(family_path), own)
    return validated(Source, merged, id=path.stem)


@dataclass(frozen=True, slots=True)
class Registered:
    """The press offices that are known, by id.

    Attributes:
        sources: those whose files are sound.
        faults: what is wrong with the others' files, by their ids.
    """

    sources: tuple[Source, ...]
    faults: Mapping[str, InputError]

    @property
    def real(self) -> list[Source]:
        """Those that are read, but for those on this machine, which are for practice."""
        return [office for office in self.sources if office.has_ways and not office.local]


def registered(own: Path | None = None, *, bundled: bool = True) -> Registered:
    """The press offices of the package and of a folder of one's own, whose files take the place of ours.

    Args:
        own: the folder.
        bundled: whether those of the package are among them.

    Raises:
        InputError: there is no such folder, or none at all where the bundled ones are left out.
    """
    sources: list[Source] = []
    faults: dict[str, InputError] = {}
    for source_id, path in sorted(_files(own, bundled=bundled).items()):
        try:
            sources.append(load_source(path))
        except InputError as error:
            faults[source_id] = error
    return Registered(tuple(sources), faults)


def all_sources(own: Path | None = None) -> tuple[Source, ...]:
    """All press offices of the package and of a folder of one's own, as `registered` finds them.

    Raises:
        InputError: a file is faulty, or there is no such folder.
    """
    found = registered(own)
    for fault in found.faults.values():
        raise fault
    return found.sources


def source(source_id: str, own: Path | None = None) -> Source:
    """The press office of that id.

    Raises:
        UnknownSource: there is none; the message names those most alike.
        InputError: its file is faulty.
    """
    files = _files(own)
    if source_id not in files:
        hint = did_you_mean(source_id, files, "`bilanz sources` lists all.")
        raise UnknownSource(f"No source is called {source_id!r}; {hint}")
    return load_source(files[source_id])


def is_registered(source_id: str, own: Path | None = None) -> bool:
    """Whether a press office of that id has a file, be it faulty."""
    return source_id in _files(own)


def _files(own: Path | None, *, bundled: bool = True) -> dict[str, Path]:
    if own is not None and not own.is_dir():
        raise InputError(f"The folder of source files {own} is not there (BILANZ_SOURCES).")
    if own is None and not bundled:
        raise InputError("BILANZ_BUNDLED leaves the bundled press offices out, and BILANZ_SOURCES names no others.")
    folders = [*([SOURCES] if bundled else []), *([own] if own else [])]
    return {path.stem: path for folder in folders for path in folder.glob("*.yaml")}


def _known(folder: Path) -> str:
    return "known are " + ", ".join(sorted(path.stem for path in folder.glob("*.yaml"))) + "."


def _compose(path: Path) -> MappingNode:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no valid YAML ({error}).") from error
    return compose(text, str(path))


def _merge(base: Node, over: Node) -> Node:
    if isinstance(base, MappingNode) and isinstance(over, MappingNode) and child(over, "css") is None:
        mine = {key.value: (key, value) for key, value in over.value}
        kept = [
            (mine[key.value][0], _merge(value, mine.pop(key.value)[1])) if key.value in mine else (key, value)
            for key, value in base.value
        ]
        return MappingNode(over.tag, [*kept, *mine.values()], over.start_mark, over.end_mark)
    if isinstance(base, SequenceNode) and isinstance(over, SequenceNode):
        theirs = {_name(item): item for item in base.value}
        if over.value and None not in theirs and all(_name(item) for item in over.value):
            own = {_name(item): item for item in over.value}
            items = [_merge(theirs[name], item) if name in theirs else item for name, item in own.items()]
            items += [item for name, item in theirs.items() if name not in own]
            return SequenceNode(over.tag, items, over.start_mark, over.end_mark)
    return over


def _name(node: Node) -> str | None:
    name = child(node, "name")
    return name.value if isinstance(name, ScalarNode) else None
