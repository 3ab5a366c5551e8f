"""The file that remembers the proofs of a walk, so that a run that was killed goes on where it stopped.

A node of the file is proved again; that spares the search for a structure.
"""

from __future__ import annotations

from fractions import Fraction
from os import PathLike

from reluexact.errors import InputError
from reluexact.geometry.column import Face
from reluexact.geometry.signs import sign_text, signs_from_text
from reluexact.kinds.state_file import Record, StateFile, digest_of
from reluexact.kinds.subsampled.find import SampledOptimum, optimum_at
from reluexact.model.program import Program
from reluexact.numbers.rational import format_fraction, to_fraction
from reluexact.propose.columns import Columns
from reluexact.prove.certified import CertifiedPoint
from reluexact.prove.neurons import Unproved
from reluexact.prove.structure import Kkt, Structure, build_kkt

FORMAT = "reluexact-graph-state"


class State(StateFile):
    """The open file; use it as a context manager."""

    def __init__(self, path: str | PathLike[str], every: Columns, bits: int) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used."""
        header = {"format": FORMAT, "version": 1, "digest": _digest(every), "bits": bits}
        super().__init__(path, header, whose="a graph", differs="other data, another penalty or other options")
        self.every, self.bits, self.used = every, bits, 0
        self._known = {_mask(record["columns"]): record for record in self.records if isinstance(record.get("columns"), str)}

    def knows(self, mask: int) -> bool:
        """Say whether the file has a node for a set of columns."""
        return mask in self._known

    def proved_again(self, mask: int) -> SampledOptimum | None:
        """Return the node that the file proposes for a set of columns, proved anew; None when it has none that holds."""
        record = self._known.get(mask)
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
        self.append(
            {
                "columns": f"{mask:x}",
                "blocks": [_face_text(face) for face in structure.blocks],
                "paired": list(structure.paired),
                "ties": [_face_text(face) for face in structure.ties],
                "spans": [[list(vector) for vector in basis] for basis in found.kkt.bases],
                "midpoint": [format_fraction(entry) for entry in found.box.midpoint],
            }
        )


def _digest(every: Columns) -> str:
    """Return a digest of the problem and its columns."""
    columns = [[column.sign, [int(on) for on in column.cell]] for column in every.columns]
    return digest_of(every.program.data, penalty=format_fraction(every.program.penalty), columns=columns)


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
