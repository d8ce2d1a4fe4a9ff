"""Pattern data beside the code that reads it: YAML files in the rule folders, read once a process."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def data(rule: str, name: str) -> Any:
    """The content of `extractors/<rule>/<name>.yaml`."""
    text = (files("extractors") / rule / f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
