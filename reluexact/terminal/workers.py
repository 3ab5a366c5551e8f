"""Who does independent work for a command: this process, processes of this machine, or a cluster of Dask."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Annotated

import typer

from reluexact.errors import InputError, MissingDependency
from reluexact.work import Map

Jobs = Annotated[
    int, typer.Option("--jobs", min=1, metavar="N", help="Share independent work among N processes; the answer is the same.")
]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="Share it among the workers of a Dask scheduler instead.")
]

CONNECT = 10
"""Seconds to wait for a scheduler."""


@contextmanager
def workers(jobs: int, dask: str | None) -> Iterator[Map | None]:
    """Give the ``map`` that the options ask for, None for this process alone; processes end with the block, however it ends."""
    if dask is not None:
        if jobs != 1:
            raise InputError("--jobs and --dask: name one of them; a Dask scheduler has its own workers")
        with _cluster(dask) as client:
            yield client
    elif jobs == 1:
        yield None
    else:
        with _processes(jobs) as pool:
            yield pool


@contextmanager
def _processes(jobs: int) -> Iterator[Map]:
    """Give the map of new processes; none of them is a fork of this one, whose threads a fork would lose."""
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        yield pool.map
    except BaseException:
        for process in list((pool._processes or {}).values()):  # what they are at is not wanted any more
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the process that shares the work, and end when that has ended, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()


def _end_with(ended: Callable[[], object]) -> None:
    """Wait for the end of the other process, then end this one, whatever it does."""
    ended()
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Map]:
    """Give the map of a client of Dask; what it has not done yet is cancelled at the end."""
    try:
        from distributed import Client
    except ImportError:
        raise MissingDependency("dask", "pip install 'reluexact[dask]'") from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as error:
        told = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"--dask {address}: no scheduler answers ({told}); start one with dask scheduler") from None
    try:
        yield client.map
    finally:
        client.close(timeout=CONNECT)  # type: ignore[no-untyped-call]
