"""One run of an outside trainer on one instance: files in, a network out, judged exactly; whatever the trainer does."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile

from reluexact.errors import InputError, ReluExactError
from reluexact.evidence.status import Status
from reluexact.kinds.bank.exchange import as_csv, as_npz, statement
from reluexact.kinds.bank.instance import BankInstance, fitting
from reluexact.numbers.rational import format_fraction

if TYPE_CHECKING:
    from reluexact.model.biased_network import BiasedNetwork
    from reluexact.model.network import Network

SUFFIXES = (".json", ".csv", ".npz")
MOST_BYTES, TAIL, SHOWN = 50_000_000, 4_000, 200
SCORED, TIMEOUT, FAILED, MISSING, REFUSED, BELOW = "scored", "timeout", "failed", "no network", "refused", "below the minimum"
NONSENSE = (ReluExactError, OSError, ValueError, ArithmeticError, LookupError, TypeError, RecursionError, MemoryError, BadZipFile)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trainer did. status: "scored", or why not, with a note; seconds: of wall time.

    objective: of its network, exactly. low, high: proved bounds of what that is above the minimum. width: neurons in use.
    """

    instance: BankInstance
    status: str
    note: str
    seconds: float
    objective: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    width: int | None = None

    @property
    def relative(self) -> Fraction | None:
        """Return the upper bound of the excess as a share of the objective, as ``--max-gap`` counts; None where there is none."""
        if self.high is None or self.objective is None:
            return None
        if not self.objective:
            return None if self.high else Fraction(0)
        return self.high / abs(self.objective)

    def within(self, most: Fraction) -> Status:
        """Say whether the excess is at most this share of the objective; a trial without a network that counts is not."""
        if self.objective is None or self.low is None or self.high is None or self.status != SCORED:
            return Status.REFUTED
        allowed = most * abs(self.objective)
        return Status.PROVED if self.high <= allowed else Status.REFUTED if self.low > allowed else Status.UNDECIDED


def run(command: str, instance: BankInstance, seconds: float) -> Trial:
    """Run a trainer on an instance, for at most so long; raises InputError for a command that cannot be started."""
    with TemporaryDirectory(prefix="reluexact-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        write_files(folder, instance)
        started = monotonic()
        code, tail = _ended(arguments(command, folder, instance), seconds)
        taken = monotonic() - started
        if code is None:
            return Trial(instance=instance, status=TIMEOUT, note=f"stopped after {seconds:g} s", seconds=taken)
        if code:
            return Trial(
                instance=instance,
                status=FAILED,
                note=_short(f"exit code {code}: {tail}" if tail else f"exit code {code}"),
                seconds=taken,
            )
        return _judged(folder, instance, taken)


def write_files(folder: Path, instance: BankInstance) -> None:
    """Write what a trainer may read: problem.json and data.csv, both exact, and data.npz, with floats."""
    problem = instance.problem
    (folder / "problem.json").write_text(json.dumps({"name": instance.name, **statement(problem)}), encoding="ascii")
    (folder / "data.csv").write_bytes(as_csv(problem))
    (folder / "data.npz").write_bytes(as_npz(problem))


def arguments(command: str, folder: Path, instance: BankInstance) -> list[str]:
    """Return the words of a command with its places filled in; without any, problem and network are appended.

    >>> from reluexact.kinds.bank.find import bank_instance
    >>> arguments("train --data {csv} -b {penalty}", Path("/tmp"), bank_instance("hat"))
    ['train', '--data', '/tmp/data.csv', '-b', '1/10']
    >>> arguments("python train.py", Path("/tmp"), bank_instance("hat"))[2:]
    ['/tmp/problem.json', '/tmp/network.json']
    """
    places = {
        "{problem}": str(folder / "problem.json"),
        "{csv}": str(folder / "data.csv"),
        "{npz}": str(folder / "data.npz"),
        "{network}": str(folder / "network.json"),
        "{folder}": str(folder),
        "{penalty}": format_fraction(instance.problem.penalty),
    }
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise InputError(f"the command cannot be taken apart ({error}); quote it as for a shell") from None
    if not words:
        raise InputError("the command is empty; give the program that trains, and its arguments")
    if not any(place in word for word in words for place in places):
        return [*words, places["{problem}"], places["{network}"]]
    for place, value in places.items():
        words = [word.replace(place, value) for word in words]
    return words


def _ended(words: list[str], seconds: float) -> tuple[int | None, str]:
    """Return the exit code, None after the time, and the end of what was written to stderr."""
    try:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except (OSError, ValueError) as error:
        raise InputError(f"{words[0]}: cannot be started ({getattr(error, 'strerror', None) or error}); give a program") from None
    tail = bytearray()
    reader = threading.Thread(target=_keep_tail, args=(process.stderr, tail), daemon=True)
    reader.start()
    try:
        code: int | None = process.wait(seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        code = None
    except BaseException:
        _kill(process)
        raise
    reader.join(1)
    lines = bytes(tail).decode("utf-8", "replace").strip().splitlines()
    return code, lines[-1] if lines else ""


def _keep_tail(stream: IO[bytes] | None, tail: bytearray) -> None:
    """Read a stream to its end and keep the last bytes."""
    if stream is None:
        return
    with suppress(OSError, ValueError), stream:
        while piece := os.read(stream.fileno(), 65_536):
            tail += piece
            del tail[:-TAIL]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the trainer and all that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _judged(folder: Path, instance: BankInstance, seconds: float) -> Trial:
    found = [folder / f"network{suffix}" for suffix in SUFFIXES if (folder / f"network{suffix}").is_file()]
    if not found:
        text = "network.json, network.csv or network.npz"
        return Trial(instance=instance, status=MISSING, note=f"it wrote no {text}", seconds=seconds)
    try:
        return _scored(found[0], instance, seconds)
    except NONSENSE as error:
        return Trial(instance=instance, status=REFUSED, note=_short(f"{error}"), seconds=seconds)


def _scored(file: Path, instance: BankInstance, seconds: float) -> Trial:
    """Judge a network exactly: its weights are the doubles that are written, its objective is a rational number."""
    from reluexact.model.biased_network import BiasedNetwork

    size = file.stat().st_size
    if size > MOST_BYTES:
        raise InputError(f"{file.name}: {size:,} bytes; {MOST_BYTES:,} are allowed")
    problem = instance.problem
    network = fitting(BiasedNetwork.read(file, floats="binary"), problem)
    objective = problem.objective(network)
    low, high = objective - instance.high, objective - instance.low
    status, note = (BELOW, "a proof of the bank or the judge is wrong: report it") if high < 0 else (SCORED, "")
    return Trial(
        instance=instance,
        status=status,
        note=note,
        seconds=seconds,
        objective=objective,
        low=max(Fraction(0), low),
        high=high,
        width=_used(network),
    )


def _used(network: Network | BiasedNetwork) -> int:
    biases = getattr(network, "hidden_bias", (0,) * len(network.output))
    rows = zip(network.hidden, biases, network.output, strict=True)
    return sum(bool(a and (any(w) or c)) for w, c, a in rows)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 3] + "..."
