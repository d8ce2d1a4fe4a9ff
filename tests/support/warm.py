"""Runs `bilanz` in forks of one process that has loaded what is slow, so that hundreds of them take seconds.

    python -m tests.support.warm SOCKET

A caller sends its working folder, environment and arguments together with its three streams and gets the exit status.
Flows run on the Prefect server of the environment that this process was started with.
"""

import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path
from select import select

from models.settings import settings


def serve(address: Path) -> None:
    """Answers callers until standard input is closed, which it is when the one who started this ends."""
    # Not at the head: processes that read pages beside a command import this module as their own.
    import web.app  # noqa: F401  (with the flows most of what commands import)
    from cli.main import program
    from extractors.claims import extract
    from flows import ingest, reextract  # noqa: F401

    extract("Stand\n\nZehn Brücken sind fertig.", published=None)
    program()
    own = {name: os.environ[name] for name in os.environ if name.startswith("PREFECT_")}
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        listener.listen()
        while sys.stdin not in select([listener, sys.stdin], [], [])[0]:
            caller, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _answer(caller, own)
            caller.close()


def _answer(caller: socket.socket, own: dict[str, str]) -> None:
    """Becomes the command that was called."""
    from cli.main import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    message, streams, _, _ = socket.recv_fds(caller, 1 << 20, 3)
    for stream, number in zip(streams, (0, 1, 2), strict=True):
        os.dup2(stream, number)
    call = json.loads(message)
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"] | own)
    sys.argv = call["arguments"]
    settings.cache_clear()
    status: object = 1
    try:
        main()
        status = 0
    except SystemExit as end:
        status = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        caller.send(str(status if isinstance(status, int) else int(status is not None)).encode())
        os._exit(0)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
