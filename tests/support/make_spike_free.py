"""Small certificates of spike-free data, and of data that are not, by hand: independent of the package and of the checker."""

from __future__ import annotations

from make_extended import strings


def certificate(X, direction, evidence):
    """Return a document of the kind."""
    problem = {"X": strings(X), "y": ["0"] * len(X), "penalty": "1"}
    return {
        "format": "reluexact-certificate",
        "version": 1,
        "statement": {"kind": "spike-free", "problem": problem, "claim": {"direction": direction}},
        "evidence": evidence,
        "produced_by": {"program": "make_spike_free"},
    }


def acute():
    """X = (1, 0), (1, 1), (2, 2), 0: the Gram matrix of the first two rows is (1, 1; 1, 2), its inverse (2, -1; -1, 1)."""
    return certificate([[1, 0], [1, 1], [2, 2], [0, 0]], None, {"inverse": [["2", "-1"], ["-1", "1"]]})


def toy():
    """X = (2, 0), (-1, 2): u = (-1/2, 3/2) has the outputs (0, 7/2) = Xz, z = (0, 7/4) longer than u; X'v is along z."""
    return certificate([[2, 0], [-1, 2]], ["-1/2", "3/2"], {"separating": ["1", "2"]})


def opposite():
    """X = 1, -1: the outputs (1, 0) of u = 1 are no multiple of X; v = (1, 1) is orthogonal to X."""
    return certificate([[1], [-1]], ["1"], {"separating": ["1", "1"]})


GOOD = {"spike-free-acute": acute, "spike-free-not-opposite": opposite, "spike-free-not-toy": toy}
