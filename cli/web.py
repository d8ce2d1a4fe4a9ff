"""`bilanz web`: the pages and the API."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Annotated

import typer

from cli.database import open_database
from cli.output import console
from models.errors import InputError
from models.settings import settings


def web(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8080,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Public address of the site, for links that last; BILANZ_ADDRESS if not given."
        ),
    ] = None,
) -> None:
    """Show everything as web pages, until Ctrl-C.

    Example: `bilanz web --port 8080`
    """
    engine = open_database()
    listener = _listen(host, port)

    import uvicorn

    from scrapers.registry import all_sources
    from web.app import create_app

    server = uvicorn.Server(
        uvicorn.Config(
            create_app(engine, sources=all_sources(), address=address or settings().address), log_level="warning"
        )
    )
    shown = f"[{host}]" if ":" in host else host
    console().print(f"The pages are at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends).", soft_wrap=True)
    with suppress(KeyboardInterrupt), listener:
        server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the address holds from the moment at which it is printed."""
    try:
        family, *_, bound = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(bound, family=family)
    except OSError as error:
        raise InputError(
            f"The pages cannot be served at {host}, port {port} ({error.strerror}); choose another --port or --host."
        ) from error
