"""What is compared: the sections, their sizes in growing order, and who takes part; standard library only, for the parent."""

from __future__ import annotations

from dataclasses import dataclass

OURS = "reluexact"
Size = tuple[int, int]

TRAINING = ((2, 1), (3, 1), (5, 2), (10, 2), (10, 3), (20, 3), (30, 3), (20, 4), (30, 4), (20, 5), (40, 4), (60, 4), (100, 4))


@dataclass(frozen=True)
class Peer:
    """Who takes part; ``function`` is ``module:name`` in this folder, ``about`` says how it works and what it answers.

    last: the last size that it is asked, None for all.
    """

    name: str
    function: str
    about: str
    last: Size | None = None

    def sizes(self, section: Section) -> tuple[Size, ...]:
        """Return the sizes of a section that it is asked."""
        return section.sizes if self.last is None else section.sizes[: section.sizes.index(self.last) + 1]


@dataclass(frozen=True)
class Section:
    """One table: what is asked, at which sizes, what a size is called, what the plot has on its axis; ours is the first peer."""

    name: str
    title: str
    question: str
    unit: str
    axis: str
    sizes: tuple[Size, ...]
    peers: tuple[Peer, ...]


ENUMERATION = Section(
    "enumeration",
    "All activation patterns",
    "List the sign patterns of Xu of all u off the hyperplanes.",
    "n, d",
    "activation patterns",
    ((5, 2), (8, 3), (12, 3), (20, 3), (16, 4), (30, 4), (20, 5), (30, 5), (40, 5), (40, 6)),
    (
        Peer(OURS, "enumeration:ours", "exact"),
        Peer("LP enumerator", "enumeration:linear_programs", "rows one by one, a linear program (HiGHS) for each part, floats"),
        Peer("z3", "enumeration:z3_solver", "rows one by one, incremental QF_LRA, exact"),
    ),
)
PROOF = Section(
    "proof",
    "The optimum, with proof",
    "Find the minimum over networks of all widths, and prove it.",
    "n, d",
    "activation patterns",
    TRAINING,
    (
        Peer(OURS, "training:ours", "`rx.solve`: exact"),
        Peer(
            "SCIP",
            "training:scip",
            "the full program, second-order cones, default tolerances; up to 10 rows, beyond which PySCIPOpt 6.3 broke down",
            last=(10, 3),
        ),
        Peer(
            "z3",
            "training:z3_solver",
            "is given the minimum, and is to refute a point of the full program a tenth below it; exact",
        ),
    ),
)
OPTIMUM = Section(
    "optimum",
    "The optimum, without proof",
    "Find a network whose objective is as near to the minimum as floats bring it.",
    "n, d",
    "activation patterns",
    TRAINING,
    (
        Peer(OURS, "training:ours_without_proof", "column generation in floats, the first stage of `rx.solve`"),
        Peer(
            "cvxpy + Clarabel",
            "training:clarabel",
            "the full program; the patterns come from this project and are part of the time",
        ),
        Peer("pyscnn", "training:pyscnn", "its augmented Lagrangian method, 500 sampled gates (`bank/trainers/pyscnn.py`)"),
        Peer("Adam", "training:adam", "PyTorch, 50 neurons, 1,500 steps whatever the size (`bank/trainers/adam.py`)"),
    ),
)
FEWEST = Section(
    "fewest",
    "Fewest neurons",
    "Find the fewest neurons in a polytope of optimal networks (`minimum.py`: shares of pairs of candidates, equations).",
    "pairs, rows",
    "pairs of candidates",
    ((8, 2), (10, 3), (14, 3), (20, 3), (20, 4), (30, 4), (30, 6), (40, 6), (60, 6), (80, 8)),
    (
        Peer(OURS, "fewest:ours", "exact"),
        Peer("z3", "fewest:z3_optimiser", "its optimiser, confirmed by its solver, exact"),
        Peer("SCIP", "fewest:scip", "binaries and indicator constraints, floats"),
    ),
)
SECTIONS = (ENUMERATION, PROOF, OPTIMUM, FEWEST)
"""The proofs come before the optima, which they judge."""
