"""Small certificates of support functions, by hand: independent of the package and of the checker."""

from __future__ import annotations

from make_extended import LEAF, strings


def certificate(X, theta, square, maximisers, tree):
    """Return a document of the kind."""
    problem = {"X": strings(X), "y": strings([theta])[0], "penalty": "1"}
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": "support", "problem": problem, "claim": {"square": square, "maximisers": strings(maximisers)}},
        "evidence": {"tree": tree},
        "produced_by": {"program": "make_supports"},
    }


def toy():
    """The toy: theta = (1, 1) reaches 2 along three directions, one in each cell that is not off."""
    maximisers = [[2, 0, 0, 0], [1, 1, 1, 1], [-1, 1, 1, 1]]
    tree = [{"split": 0}, {"split": 1}, LEAF, LEAF, {"split": 1}, LEAF, LEAF]
    return certificate([[2, 0, 0, 0], [-1, 1, 1, 1]], [1, 1], "4", maximisers, tree)


def slopes():
    """X = (1,0), (1,1), (0,1) and theta = (1, 1/2, -1): 3/2 at (1, 0) only. With row 0 on, v = (3/2, 1/2) less half of row 2.

    With row 0 off and row 1 on, v = (1/2, 1/2) - (1/2) (1, 0) - 1/2 (0, 1) = 0; with row 1 off, 0.
    """
    tree = [
        {"split": 0},
        {"split": 1},
        {"rho": {}, "slope": {"2": "1/2"}},
        {"rho": {"0": "0", "1": "0"}, "slope": {"2": "0"}},
        {"split": 1},
        {"rho": {"0": "1/2"}, "slope": {"2": "1/2"}},
        LEAF,
    ]
    return certificate([[1, 0], [1, 1], [0, 1]], [1, "1/2", -1], "9/4", [["3/2", 0]], tree)


def halves():
    """X = 3, -1 and theta = (1, 1): 3 at u = 1, so the slope 1/2 in row 1 is enough for u <= 0: |-1| < 3."""
    return certificate([[3], [-1]], [1, 1], "9", [[3]], [{"split": 0}, LEAF, LEAF])


def unseen():
    """Theta = (-1, 0), which no neuron gains from: 0, with the slope 0."""
    return certificate([[1, 0], [0, 1]], [-1, 0], "0", [], [LEAF])


def undecided():
    """X = (4, 0), (0, 1) and theta = (1, 1): 17 at (4, 1); with row 0 off the bound |1/2| + 1/2 leaves row 1 undecided."""
    tree = [{"split": 0}, {"split": 1}, LEAF, LEAF, {"rho": {}, "slope": {"1": "1/2"}}]
    return certificate([[4, 0], [0, 1]], [1, 1], "17", [[4, 1]], tree)


GOOD = {
    "support-halves": halves,
    "support-slopes": slopes,
    "support-three-directions": toy,
    "support-undecided": undecided,
    "support-unseen": unseen,
}
