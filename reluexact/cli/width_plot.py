"""Loss against width as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reluexact.claims.status import Status
from reluexact.errors import InputError, MissingDependency

if TYPE_CHECKING:
    from reluexact.claims.width_optimum import WidthCurve

SUFFIXES = (".png", ".svg", ".pdf")
SPAN = 20.0
"""Values that differ by a greater factor are drawn on a logarithmic scale."""


def draw_curve(curve: WidthCurve, file: Path) -> None:
    """Draw the proved optimal values; an interval that is not closed is a bar. Raises InputError when the file is not written."""
    try:
        import matplotlib
    except ImportError as error:
        raise MissingDependency("matplotlib", "pip install matplotlib") from error
    matplotlib.use("Agg")  # a file, no window
    import matplotlib.pyplot as plt
    from matplotlib.ticker import MaxNLocator

    widths = [one.width for one in curve.optima]
    low, high = ([float(end) for end in ends] for ends in zip(*((o.lower, o.upper) for o in curve.optima), strict=True))
    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    axes.vlines(widths, low, high, color="C3", linewidth=3)
    label = "best network, proved" if curve.status is Status.PROVED else "best network known"
    axes.plot(widths, high, "o-", color="C0", label=label)
    if curve.fewest is not None:
        axes.axhline(high[-1], color="0.6", linewidth=0.8, linestyle=":", label="optimum over all widths")
    axes.set(xlabel="neurons", ylabel="least objective")
    if low[-1] > 0.0 and high[0] > SPAN * low[-1]:
        axes.set_yscale("log")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()
    try:
        figure.savefig(file, dpi=150)
    except OSError as error:
        raise InputError(f"--plot {file}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        plt.close(figure)
