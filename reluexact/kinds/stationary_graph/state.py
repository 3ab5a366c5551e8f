"""A file that remembers the proofs of a walk, so that a run that was killed goes on where it stopped.

The file has one line of JSON for the problem and one for each node, appended as soon as the node is proved. What it holds is not
trusted: it only spares the search for a structure; the proof is done again. A line that a killed run left unfinished is dropped.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from fractions import Fraction
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from reluexact.errors import InputError
from reluexact.geometry.column import Face
from reluexact.geometry.signs import sign_text, signs_from_text
from reluexact.kinds.subsampled.find import SampledOptimum, optimum_at
from reluexact.model.program import Program
from reluexact.numbers.rational import format_fraction, to_fraction
from reluexact.propose.columns import Columns
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt, Structure, build_kkt

FORMAT = "reluexact-graph-state"
Record = Mapping[str, object]


class State:
    """The open file; use it as a context manager."""

    def __init__(self, path: str | PathLike[str], every: Columns, bits: int) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used."""
        if not isinstance(path, str | PathLike):
            raise InputError(f"state: {path!r} is not the name of a file; write it as text or as a Path")
        self.path, self.every, self.bits = Path(path), every, bits
        self.header = {"format": FORMAT, "version": 1, "digest": _digest(every), "bits": bits}
        self._file = self._opened()
        try:
            self.records = self._read()
        except BaseException:
            self._file.close()
            raise
        self.used = 0

    def __enter__(self) -> State:
        """Return the open state."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file; everything in it is kept."""
        self._file.close()

    def _opened(self) -> BinaryIO:
        if self.path.is_dir():
            raise InputError(f"{self.path}: this is a folder; name a file in it")
        if self.path.exists() and not self.path.is_file():
            raise InputError(f"{self.path}: this is a device or a pipe; name a file")
        try:
            file = self.path.open("a+b")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise InputError(f"{self.path}: cannot be written ({reason}); choose another place") from None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise InputError(f"{self.path}: another run uses this state; wait for it or name another file") from None
        return file

    def _read(self) -> dict[int, Record]:
        """Return the nodes of the file by the set of columns that they were found for; cut off an unfinished line."""
        self._file.seek(0)
        content = self._file.read()
        whole = content[: content.rfind(b"\n") + 1]
        lines = whole.splitlines()
        if not lines and content and not _line(self.header).startswith(content):
            raise InputError(f"{self.path}: this is no state of a graph; name another file")
        if lines and _parsed(lines[0]) != self.header:
            raise InputError(f"{self.path}: this is the state of other data, another penalty or other options; name another file")
        if len(whole) < len(content):
            self._file.truncate(len(whole))
        if not lines:
            self._append(self.header)
        records: dict[int, Record] = {}
        for record in map(_parsed, lines[1:]):
            if isinstance(record, dict) and isinstance(record.get("columns"), str):
                records[_mask(record["columns"])] = record
        return records

    def proved_again(self, mask: int) -> SampledOptimum | None:
        """Return the node that the file proposes for a set of columns, proved anew; None when it has none that holds."""
        record = self.records.get(mask)
        if record is None:
            return None
        try:
            kkt, start = _proposal(self.every.program, record)
            found = optimum_at(self.every, mask, kkt, start, self.bits)
        except (Unproved, InputError, ArithmeticError, KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None  # a damaged record: the node is searched for as if there were none
        if not found.answers(mask):
            return None
        self.used += 1
        return found

    def remember(self, mask: int, found: CertifiedPoint) -> None:
        """Append a node."""
        structure = found.kkt.structure
        self._append(
            {
                "columns": f"{mask:x}",
                "blocks": [_face_text(face) for face in structure.blocks],
                "paired": list(structure.paired),
                "ties": [_face_text(face) for face in structure.ties],
                "spans": [[list(vector) for vector in basis] for basis in found.kkt.bases],
                "midpoint": [format_fraction(entry) for entry in found.box.midpoint],
            }
        )

    def _append(self, record: Record) -> None:
        try:
            self._file.write(_line(record))
            self._file.flush()
            os.fdatasync(self._file.fileno())
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be written ({error.strerror}); make room, then run the command again"
            ) from None


def _digest(every: Columns) -> str:
    """Return a digest of the problem and its columns."""
    data = every.program.data
    problem = {
        "X": [[format_fraction(entry) for entry in row] for row in data.X],
        "y": [format_fraction(entry) for entry in data.y],
        "penalty": format_fraction(every.program.penalty),
        "columns": [[column.sign, [int(on) for on in column.cell]] for column in every.columns],
    }
    return hashlib.sha256(json.dumps(problem, sort_keys=True).encode()).hexdigest()


def _line(record: Record) -> bytes:
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _mask(text: object) -> int:
    try:
        return int(str(text), 16)
    except ValueError:
        return -1


def _face_text(face: Face) -> str:
    return sign_text((face.sign, *face.gate))


def _face(text: str, program: Program) -> Face:
    sign, *gate = signs_from_text(text)
    if not sign or len(gate) != len(program.hyperplanes.normals):
        raise ValueError("a face of the state has another number of walls")
    return Face(sign=sign, gate=tuple(gate))


def _proposal(program: Program, record: Record) -> tuple[Kkt, tuple[Fraction, ...]]:
    """Return the structure and the start for Newton's method that a record holds."""
    blocks, paired, ties, spans, midpoint = (_list(record[name]) for name in ("blocks", "paired", "ties", "spans", "midpoint"))
    structure = Structure(
        blocks=tuple(_face(str(text), program) for text in blocks),
        paired=tuple(bool(flag) for flag in paired),
        ties=tuple(_face(str(text), program) for text in ties),
        spans=tuple(tuple(tuple(int(str(entry)) for entry in _list(vector)) for vector in _list(basis)) for basis in spans),
    )
    kkt = build_kkt(program, structure)
    start = tuple(to_fraction(entry, where="midpoint") for entry in midpoint)
    if len(start) != len(kkt.design):
        raise ValueError("the state has another number of unknowns")
    return kkt, start


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value
