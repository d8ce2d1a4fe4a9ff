"""`bilanz mcp`: tools for assistants."""

from importlib.util import find_spec

from cli.opening import open_database
from cli.settings import settings
from models.errors import InputError


def mcp() -> None:
    """Answer an assistant's questions on standard input and output (Model Context Protocol), until it ends.

    Six tools that only read: search, one claim, compare, check, what is new, offices. `bilanz web` offers the same at
    /mcp. They need `pip install zwischenbilanz[assistants]`.

    Example: `bilanz mcp`
    """
    if find_spec("mcp") is None:
        raise InputError("Tools for assistants need `pip install zwischenbilanz[assistants]`.")
    from scrapers.registry import registered
    from web.app import assistants_of

    sources = registered(settings().sources).sources
    assistants_of(open_database(), sources=sources, address=settings().address).run("stdio")
