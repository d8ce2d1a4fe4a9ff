"""YAML checked against a schema: whatever is wrong is told with file, line and column.

Both the files of press offices and the words of the rules are read so. The checks work on YAML nodes,
which know where they stand.
"""

import io
from collections.abc import Iterator
from functools import reduce
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, SequenceNode

from models.errors import InputError

Schema = TypeVar("Schema", bound=BaseModel)

# Where there is libyaml, it reads ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROBLEMS = {
    "extra_forbidden": "unknown key",
    "missing": "this key is missing",
}


def content_of(text: str) -> Any:
    """What a YAML text of our own holds, which needs no check."""
    return yaml.load(text, Loader=_LOADER)


def compose(text: str, name: str) -> MappingNode:
    """The nodes of a YAML text whose top level are keys and values.

    Args:
        text: the YAML.
        name: what messages call the file.

    Raises:
        InputError: it is no YAML, holds no mapping, or a key twice; the message names file, line and column.
    """
    stream = io.StringIO(text)
    stream.name = name  # the marks of the parser take it from there
    try:
        node = yaml.compose(stream, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise InputError(f"{_place_of_syntax_error(name, error)}: is no valid YAML ({_reason(error)}).") from error
    if not isinstance(node, MappingNode):
        raise InputError(f"{name}: must hold keys and values.")
    _refuse_duplicates(node)
    return node


def validated(schema: type[Schema], node: Node, **given: Any) -> Schema:
    """What the nodes hold, as `schema` describes it.

    Args:
        schema: the model.
        node: the result of `compose`.
        given: values for keys that do not stand in the file.

    Raises:
        InputError: the content breaks the schema; the message names file, line and column.
    """
    content = yaml.SafeLoader("").construct_document(node)
    try:
        return schema.model_validate({**given, **content})
    except ValidationError as error:
        raise InputError("\n".join(_explain(node, problem) for problem in error.errors())) from error


def place(node: Node) -> str:
    """File, line and column at which a node begins."""
    return f"{node.start_mark.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def child(node: Node, step: str | int) -> Node | None:
    """The value of a key, or the item of a list."""
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def _place_of_syntax_error(name: str, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name


def _reason(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]


def _refuse_duplicates(node: Node) -> None:
    # YAML lets the last of two equal keys win without a word.
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise InputError(f"{place(key)}: {key.value}: the key stands here a second time.")
            seen.add(key.value)
            _refuse_duplicates(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _refuse_duplicates(item)


def _key(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((key for key, _ in node.value if key.value == str(step)), None)
    return child(node, step)


def _walk(root: Node, location: tuple[str | int, ...]) -> Iterator[Node]:
    # Pydantic's locations hold steps that stand in no file (the kind of paging): they are passed over.
    node = root
    for step in location:
        key, value = _key(node, step), child(node, step)
        if key is not None and value is not None:
            yield key
            node = value


def _explain(root: Node, problem: Any) -> str:
    location = problem["loc"]
    at = reduce(lambda _, node: node, _walk(root, location), root)
    message = _PROBLEMS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    return f"{place(at)}: {'.'.join(map(str, location)) or 'the file'}: {message}."
