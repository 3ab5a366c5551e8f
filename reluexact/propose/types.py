"""The arrays of floats that proposals are made of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""An array of floats; the docstring of the function says its shape."""
