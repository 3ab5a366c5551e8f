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

    def __init__(self, path: str | PathLike[str], program: Program, columns: object, bits: int) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used. columns: what names those of the graph."""
        digest = digest_of(program.data, penalty=format_fraction(program.penalty), columns=columns)
        header = {"format": FORMAT, "version": 1, "digest": digest, "bits": bits}
        super().__init__(path, header, whose="a graph", differs="other data, another penalty or other options")
        self.program, self.bits, self.used = program, bits, 0
        self._known = {record["columns"]: record for record in self.records if isinstance(record.get("columns"), str)}

    def knows(self, name: str) -> bool:
        """Say whether the file has a node for a set of columns."""
        return name in self._known

    def proved_again(self, name: str, every: Columns, mask: int) -> SampledOptimum | None:
        """Return the node that the file proposes for a set of columns, proved anew; None when it has none that holds."""
        record = self._known.get(name)
        if record is None:
            return None
        try:
            kkt, start = _proposal(self.program, record)
            found = optimum_at(every, mask, kkt, start, self.bits)
        except (Unproved, InputError, ArithmeticError, KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None  # a damaged record: the node is searched for as if there were none
        if not found.answers(mask):
            return None
        self.used += 1
        return found

    def remember(self, name: str, found: CertifiedPoint) -> None:
        """Append the node of a set of columns."""
        structure = found.kkt.structure
        self.append(
            {
                "columns": name,
                "blocks": [_face_text(face) for face in structure.blocks],
                "paired": list(structure.paired),
                "ties": [_face_text(face) for face in structure.ties],
                "spans": [[list(vector) for vector in basis] for basis in found.kkt.bases],
                "midpoint": [format_fraction(entry) for entry in found.box.midpoint],
            }
        )


def listed(every: Columns) -> list[list[object]]:
    """Return what names all columns of a graph.

    >>> from reluexact.propose.columns import all_columns
    >>> from reluexact.model.dataset import Dataset
    >>> from reluexact.model.program import make_program
    >>> listed(all_columns(make_program(Dataset([[1]], [1]), Fraction(1))))[0]
    [1, [0]]
    """
    return [[column.sign, [int(on) for on in column.cell]] for column in every.columns]


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
