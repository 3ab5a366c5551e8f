"""The tolerances with which structures are read off floats, in the order in which they are tried."""

from __future__ import annotations

import numpy as np

FLOAT_LADDER = ((1e-6, 1e-6), (1e-8, 1e-7), (1e-4, 1e-4))
"""How near to the penalty a cell, and to a hyperplane a direction, must be to be proposed as tight; tried in this order."""

CENTRAL_LADDER = ((1e-4, 40), (1e-3, 40), (3e-2, 40), (1e-3, 80), (1e-5, 120))
"""The cells that enter the central path (relative distance from the penalty), and the digits it is followed to."""

ROUGH = 0.1
"""The relative gap of column generation from which polishing finds the rest, where cells are too many to list."""

VIOLATED, HYPERPLANE = 1e-9, 1e-8
"""The same two tolerances for the residual at the end of a central path, which is good to all digits of a float."""

PROBLEM_LADDER = ((1e-6, 1e-4), (1e-5, 1e-3), (1e-7, 1e-5), (1e-4, 1e-2), (1e-3, 1e-2))
"""What FLOAT_LADDER is, for problems with other losses or parts, whose candidates are less accurate."""

POLISHED_LADDER = ((1e-9, 1e-6), (1e-8, 1e-5), (1e-10, 1e-7), (1e-6, 1e-4), (1e-5, 1e-3))
"""The same for a polished candidate (:mod:`reluexact.propose.polishing`), whose dual point is good to about 1e-10."""

PLACES = (1e-5, 1e-7, 1e-3)
"""How near to a breakpoint of its loss the fit of a row must be to be proposed as at it; all are tried."""

CLOSE = 1e-8
"""Nearly parallel rows: floats in the coordinates of the user are believed when their relative gap is this small."""

NUMERICAL = (np.linalg.LinAlgError, OverflowError, ZeroDivisionError)
"""What float linear algebra raises on data that floats cannot tell apart; then nothing is proposed."""
