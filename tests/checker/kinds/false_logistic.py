"""False certificates of version 2 with the logistic loss: E1 to E3, B1 to B3, and that no optimum has it (O10)."""

from __future__ import annotations

from fractions import Fraction

from checker.breaking import CLAIM, DATA, breaking
from make_extended import LOGISTIC, ROOM, entropy

LOSS, THETA, LOWER, UPPER = (*DATA, "loss"), ("evidence", "theta"), (*CLAIM, "lower"), (*CLAIM, "upper")
HAT, WEIGHTS, ZERO = "bound-2-logistic", "bound-2-logistic-weights", "bound-2-logistic-zero"
PLACE = "statement.problem"
HAIR = Fraction(1, 10**70)
TWO_LOG_TWO = 2 * entropy(Fraction(1, 2))
"""Right to 78 decimals."""


def shifted(by):
    return lambda old: str(Fraction(old) + by)


breaking("e1-logistic-by-another-name", HAT, f"{PLACE}.loss.function", 'E1: "logistic"', ((*LOSS, "function"), "exponential"))
breaking("e1-logistic-of-the-difference", HAT, f"{PLACE}.loss.of", 'E1: "margin"', ((*LOSS, "of"), "difference"))
breaking("e1-logistic-with-pieces", HAT, f"{PLACE}.loss.pieces", "unknown key", ((*LOSS, "pieces"), [["0", "0", "0"]]))
breaking("e1-logistic-without-a-margin", HAT, f"{PLACE}.loss", "the key 'of' is missing", (LOSS, {"function": "logistic"}))
breaking("e1-logistic-no-label", HAT, f"{PLACE}.y[1]", "E1: a loss of the margin", ((*DATA, "y", 1), "2"))
breaking("e2-logistic-a-share-above-one", HAT, "evidence.theta[1]", "E2: the conjugate", (THETA, ["-9/16", "9/8", "-9/16"]))
breaking("e2-logistic-the-wrong-sign", ZERO, "evidence.theta[0]", "E2: the conjugate", (THETA, ["-1/2", "1/2"]))
breaking("e2-logistic-the-weight-forgotten", WEIGHTS, "evidence.theta[1]", "E2: the conjugate", ((*DATA, "weights", 1), "1/2"))
breaking("e3-logistic-the-sum-is-not-zero", HAT, "evidence.theta", "E3: theta", ((*THETA, 0), "-1/8"))
breaking("e3-logistic-a-feature-is-seen", WEIGHTS, "evidence.theta", "E3: theta", ((*THETA, 2), "1/2"))
breaking("b1-logistic-exceeds-the-penalty", ZERO, "evidence.positive[1]", "B1: the leaf", ((*DATA, "penalty"), "1/4"))
breaking("b2-logistic-a-hair-above", ZERO, "statement.claim.lower", "B2", (LOWER, str(TWO_LOG_TWO + HAIR)))
breaking("b2-logistic-entropy-in-bits", ZERO, "statement.claim.lower", "B2", (LOWER, "2"), (UPPER, "3"))
breaking("b2-logistic-the-ridge-forgotten", WEIGHTS, "statement.claim.lower", "B2", (LOWER, shifted(Fraction(1, 512) - ROOM)))
breaking("b2-logistic-the-value-of-the-hinge", ZERO, "statement.claim.lower", "B2", (LOWER, "3/2"), (UPPER, "2"))
breaking("b3-logistic-a-hair-below", ZERO, "statement.claim.upper", "B3: below", (UPPER, str(TWO_LOG_TWO - HAIR)))
breaking("b3-logistic-the-penalty-forgotten", HAT, "statement.claim.upper", "B3: below", (UPPER, shifted(Fraction(-1, 2))))
breaking("o10-logistic-has-no-pieces", "optimum-2-separable", "evidence.rows", "O10: the loss", (LOSS, LOGISTIC))
