"""False certificates of the kind `spike-free`: F1 to F3."""

from __future__ import annotations

from checker.breaking import CLAIM, DATA, breaking

ACUTE, TOY, OPPOSITE = "spike-free-acute", "spike-free-not-toy", "spike-free-not-opposite"
INVERSE, SEPARATING, DIRECTION = ("evidence", "inverse"), ("evidence", "separating"), (*CLAIM, "direction")

breaking("f1-another-unit", ACUTE, "statement.claim", "F1: the penalty is 1", ((*DATA, "penalty"), "2"))

breaking("f2-a-negative-multiple", ACUTE, "evidence.inverse", "F2: a row is a negative", ((*DATA, "X", 2), ["-2", "-2"]))
breaking("f2-no-inverse", ACUTE, "evidence.inverse", "F2: this is not the inverse", ((*INVERSE, 0, 0), "1"))
breaking(
    "f2-of-other-rows",
    ACUTE,
    "evidence.inverse",
    "F2: this is not the inverse",
    ((*DATA, "X", 0), ["0", "0"]),
    (INVERSE, [["1"]]),
)
breaking(
    "f2-obtuse-rows",
    ACUTE,
    "evidence.inverse",
    "F2: an entry off the diagonal",
    ((*DATA, "X"), [["1", "0"], ["-1", "1"], ["2", "0"], ["0", "0"]]),
    (INVERSE, [["2", "1"], ["1", "1"]]),
)

breaking("f3-acute-after-all", TOY, "evidence.separating", "F3: the vector", ((*DATA, "X", 1), ["1", "2"]))
breaking("f3-seen-from-behind", OPPOSITE, "evidence.separating", "F3: the vector", (SEPARATING, ["-1", "-1"]))
breaking("f3-as-long-as-u", OPPOSITE, "evidence.separating", "F3: the vector", (SEPARATING, ["1", "0"]))
breaking("f3-a-direction-without-spike", TOY, "evidence.separating", "F3: the vector", (DIRECTION, ["1", "1"]))
breaking("f3-nothing", OPPOSITE, "evidence.separating", "F3: the vector", (DIRECTION, ["0"]))
