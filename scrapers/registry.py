"""Reads source files: one YAML a press office, its family's file underneath it.

A source inherits its family's keys. Mappings are merged key by key, lists whose entries have a `name`
entry by entry; everything else is replaced, a selector and an empty list too. The merge works on YAML
nodes, which know where they stand, so that an error names file, line and column even where the family
is at fault.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import reduce
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.errors import InputError, UnknownSource
from models.source import Source

SOURCES = Path(__file__).parent / "sources"
FAMILIES = Path(__file__).parent / "families"

_PROBLEMS = {
    "extra_forbidden": "unknown key",
    "missing": "this key is missing",
}


def load_source(path: Path) -> Source:
    """Reads one source file together with its family's.

    Raises:
        InputError: the file is no YAML or breaks the schema; the message names file, line and column.
    """
    own = _compose(path)
    family = _child(own, "family")
    if not isinstance(family, ScalarNode):
        raise InputError(f"{_place(own)}: family: this key is missing.")
    family_path = FAMILIES / f"{family.value}.yaml"
    if not family_path.is_file():
        raise InputError(f"{_place(family)}: there is no family {family.value!r}; {_known(FAMILIES)}")
    merged = _merge(_compose(family_path), own)
    content = yaml.SafeLoader("").construct_document(merged)
    try:
        return Source.model_validate({"id": path.stem, **content})
    except ValidationError as error:
        raise InputError("\n".join(_explain(merged, problem) for problem in error.errors())) from error


def all_sources(own: Path | None = None) -> tuple[Source, ...]:
    """All press offices of the package and of a folder of one's own, by id; its files take the place of ours.

    Raises:
        InputError: a file is faulty.
    """
    return tuple(load_source(path) for _, path in sorted(_files(own).items()))


def real_sources(own: Path | None = None) -> list[Source]:
    """All press offices but those on this machine, which are for practice."""
    return [office for office in all_sources(own) if not office.local]


def source(source_id: str, own: Path | None = None) -> Source:
    """The press office of that id.

    Raises:
        UnknownSource: there is none; the message names those most alike.
        InputError: its file is faulty.
    """
    files = _files(own)
    if source_id not in files:
        near = get_close_matches(source_id, files, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "`bilanz sources` lists all."
        raise UnknownSource(f"No source is called {source_id!r}; {hint}")
    return load_source(files[source_id])


def _files(own: Path | None) -> dict[str, Path]:
    folders = [SOURCES] if own is None else [SOURCES, own]
    return {path.stem: path for folder in folders for path in folder.glob("*.yaml")}


def _known(folder: Path) -> str:
    return "known are " + ", ".join(sorted(path.stem for path in folder.glob("*.yaml"))) + "."


def _compose(path: Path) -> MappingNode:
    try:
        with path.open(encoding="utf-8") as stream:
            node = yaml.compose(stream, Loader=yaml.SafeLoader)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{_place_of_syntax_error(path, error)}: is no valid YAML ({_reason(error)}).") from error
    if not isinstance(node, MappingNode):
        raise InputError(f"{path}: must hold keys and values.")
    _refuse_duplicates(node)
    return node


def _place_of_syntax_error(path: Path, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)


def _reason(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]


def _refuse_duplicates(node: Node) -> None:
    # YAML lets the last of two equal keys win without a word.
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise InputError(f"{_place(key)}: {key.value}: the key stands here a second time.")
            seen.add(key.value)
            _refuse_duplicates(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _refuse_duplicates(item)


def _merge(base: Node, over: Node) -> Node:
    if isinstance(base, MappingNode) and isinstance(over, MappingNode) and _child(over, "css") is None:
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
    name = _child(node, "name")
    return name.value if isinstance(name, ScalarNode) else None


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def _key(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((key for key, _ in node.value if key.value == step), None)
    return _child(node, step)


def _walk(root: Node, location: tuple[str | int, ...]) -> Iterator[Node]:
    # Pydantic's locations hold steps that stand in no file (the kind of paging): they are passed over.
    node = root
    for step in location:
        key, child = _key(node, step), _child(node, step)
        if key is not None and child is not None:
            yield key
            node = child


def _explain(root: Node, problem: Any) -> str:
    location = problem["loc"]
    place = reduce(lambda _, node: node, _walk(root, location), root)
    message = _PROBLEMS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    return f"{_place(place)}: {'.'.join(map(str, location)) or 'the file'}: {message}."


def _place(node: Node) -> str:
    return f"{node.start_mark.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
