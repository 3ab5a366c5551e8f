"""The files of ``reluexact bank score`` for trainers in floats: read a problem, write a network."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np


class Problem:
    """X, y, penalty, weights as floats; loss, hidden_bias, output_bias, skip as text; features: columns without the bias."""

    def __init__(self, facts):
        self.X = np.array([[float(Fraction(entry)) for entry in row] for row in facts["X"]])
        self.y = np.array([float(Fraction(entry)) for entry in facts["y"]])
        self.penalty = float(Fraction(facts["penalty"]))
        self.weights = np.array([float(Fraction(entry)) for entry in facts["weights"]])
        self.loss, self.hidden_bias = facts["loss"], facts["hidden_bias"]
        self.output_bias, self.skip = facts["output_bias"], facts["skip"]
        self.features = self.X.shape[1] - (self.hidden_bias == "penalised")

    @property
    def is_plain(self):
        squared = self.loss == "squared" and (self.weights == 1).all()
        return squared and self.hidden_bias != "free" and self.output_bias == "none" and self.skip == "none"


def read():
    return Problem(json.loads(Path(sys.argv[1]).read_text()))


def write(hidden, output, *, hidden_bias=None, output_bias=0.0, skip=()):
    """Write a network; floats are written such that the same doubles are read back."""
    hidden, output = np.asarray(hidden, dtype=float), np.asarray(output, dtype=float)
    biases = np.zeros(len(output)) if hidden_bias is None else np.asarray(hidden_bias, dtype=float)
    parts = {"hidden": hidden.tolist(), "hidden_bias": biases.tolist(), "output": output.tolist()}
    parts |= {"output_bias": float(output_bias), "skip": np.asarray(skip, dtype=float).tolist()}
    Path(sys.argv[2]).write_text(json.dumps(parts))


def refuse(why):
    sys.exit(f"not for this problem: {why}")
