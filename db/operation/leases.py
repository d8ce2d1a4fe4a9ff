"""What must hold between processes: who works on a source, and who may speak to a host."""

import socket
from datetime import datetime, timedelta

import psutil
from sqlalchemy import Connection, Engine, delete, select, update

from db.bulk import insert_ignore
from db.engine import write
from db.tables import HostSlot, Lease

_AT_MOST = 4
"""Times its length after which a lease that has not ended was taken by a clock that ran ahead."""
_LONGEST_PAUSE = timedelta(days=2)
"""That a host may ask for; what is later was set by a clock that ran ahead."""


_RUN = "run:"


def take_lease(engine: Engine, name: str, holder: str, *, now: datetime, seconds: float) -> bool:
    """Takes or renews the lease of `name` ("source:nrw") for `holder`.

    Args:
        engine: the database.
        name: what is leased.
        holder: who takes it; unique for each process or run.
        now: the time (aware).
        seconds: until it may be taken by others, should the holder die.

    Returns:
        Whether the holder has it now; False while another does.
    """

    def work(connection: Connection) -> bool:
        expires_at = now + timedelta(seconds=seconds)
        insert_ignore(connection, Lease, [{"name": name, "holder": holder, "expires_at": expires_at}])
        # A holder whose clock ran ahead would keep it until then.
        beyond = Lease.expires_at > now + timedelta(seconds=_AT_MOST * seconds)
        free = (Lease.holder == holder) | (Lease.expires_at <= now) | beyond
        taken = update(Lease).where(Lease.name == name, free).values(holder=holder, expires_at=expires_at)
        return connection.execute(taken.returning(Lease.name)).first() is not None

    return write(engine, work)


def lease_holder(engine: Engine, name: str) -> str | None:
    """Who has the lease of `name`, be it expired or not."""
    with engine.connect() as connection:
        return connection.scalar(select(Lease.holder).where(Lease.name == name))


def lease_of_run(run_id: str) -> str:
    """The name of the lease that a run holds as long as somebody works on it."""
    return f"{_RUN}{run_id}"


def abandoned_runs(engine: Engine, *, now: datetime) -> set[str]:
    """Ids of the runs whose lease nobody holds any more: its time is over, or the holder died on this machine."""
    of_runs = select(Lease.name, Lease.holder, Lease.expires_at).where(Lease.name.startswith(_RUN))
    with engine.connect() as connection:
        rows = connection.execute(of_runs).all()
    return {row.name.removeprefix(_RUN) for row in rows if row.expires_at <= now or is_dead(row.holder)}


def is_dead(holder: str) -> bool:
    """Whether the holder ("host:pid:began:…") was a process of this machine that was killed.

    Nobody else can tell so soon.
    """
    host, pid, began, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        process = psutil.Process(int(pid))
        # Another process may have been given the number since.
        return process.status() == psutil.STATUS_ZOMBIE or f"{process.create_time():.0f}" != began
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:  # it lives, as another user's
        return False


def drop_lease(engine: Engine, name: str, holder: str) -> None:
    """Gives a lease back; without effect where the holder has lost it."""
    mine = delete(Lease).where(Lease.name == name, Lease.holder == holder)
    write(engine, lambda connection: connection.execute(mine))


class DatabaseSlots:
    """The book of hosts for all processes that share a database (see `scrapers.http.slots.HostSlots`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reserve(self, host: str, *, now: datetime, lease: float) -> float:
        """Takes the host for one request, for `lease` seconds at most.

        Returns:
            0 where the host is now taken by the caller, else the seconds until it may be free.
        """

        def work(connection: Connection) -> float:
            insert_ignore(connection, HostSlot, [{"host": host, "next_at": now}])
            row = select(HostSlot.next_at).where(HostSlot.host == host).with_for_update()
            next_at = connection.execute(row).scalar_one()
            if now < next_at <= now + _LONGEST_PAUSE:
                return (next_at - now).total_seconds()
            self._set(connection, host, now + timedelta(seconds=lease))
            return 0.0

        return write(self._engine, work)

    def release(self, host: str, *, now: datetime, pause: float) -> None:
        """Ends the request; nobody is given the host for another `pause` seconds."""
        write(self._engine, lambda connection: self._set(connection, host, now + timedelta(seconds=pause)))

    def _set(self, connection: Connection, host: str, next_at: datetime) -> None:
        connection.execute(update(HostSlot).where(HostSlot.host == host).values(next_at=next_at))
