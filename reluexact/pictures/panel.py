"""Axes with the colours of a style: what every picture does with its title, its labels, its legend and its caption."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING

from reluexact.pictures.palette import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patheffects import AbstractPathEffect

LONGEST = 60
"""Characters of a label; longer ones lose their middle."""
TO_PRINT = 0.22
"""How much of its colour a band has, so that what lies behind it is seen."""
CAPTION_GAP = 6
"""Points between the label of the horizontal axis and the caption."""


def shortened(text: str, most: int = LONGEST) -> str:
    """Cut the middle out of a long text.

    >>> shortened("speed"), shortened("abcdefghij", 5)
    ('speed', 'ab…ij')
    """
    if len(text) <= most:
        return text
    half = (most - 1) // 2
    return f"{text[: most - 1 - half]}…{text[len(text) - half :]}"


@dataclass(frozen=True, slots=True)
class Panel:
    """Axes to draw in, and the colours."""

    axes: Axes
    palette: Palette

    def dress(self) -> None:
        """Give the axes the colours of the palette, and no frame at the top and at the right."""
        axes, palette = self.axes, self.palette
        axes.set_facecolor(palette.paper)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(palette.muted)
        axes.tick_params(which="both", color=palette.muted, labelcolor=palette.ink)
        for text in (axes.xaxis.label, axes.yaxis.label, axes.title):
            text.set_color(palette.ink)

    def label(self, across: str, up: str) -> None:
        """Name the axes; names of columns are text, whatever they look like."""
        self.axes.set_xlabel(shortened(across), parse_math=False, color=self.palette.ink)
        self.axes.set_ylabel(shortened(up), parse_math=False, color=self.palette.ink)

    def title(self, text: str) -> None:
        """Write a title above the axes."""
        self.axes.set_title(text, parse_math=False, color=self.palette.ink, loc="left")

    def caption(self, text: str, *, width: int = 100) -> None:
        """Write what has to be known to read the picture below the axes, in lines of at most ``width`` characters."""
        self.axes.annotate(
            fill(text, width),
            (0.0, 0.0),
            xycoords=("axes fraction", self.axes.xaxis.label),
            xytext=(0, -CAPTION_GAP),
            textcoords="offset points",
            va="top",
            ha="left",
            fontsize="small",
            color=self.palette.muted,
            parse_math=False,
            annotation_clip=False,
        )

    def halo(self) -> list[AbstractPathEffect]:
        """Return the effect that keeps lines off a text: a rim in the colour of the paper."""
        from matplotlib.patheffects import withStroke

        return [withStroke(linewidth=2.5, foreground=self.palette.paper)]

    def legend(self, title: str | None = None) -> None:
        """Explain what has a label, each label once, on the right of the axes, where no data is."""
        handles, labels = self.axes.get_legend_handles_labels()
        once = dict(zip(reversed(labels), reversed(handles), strict=True))
        if not once:
            return
        names = list(dict.fromkeys(labels))
        legend = self.axes.legend(
            [once[name] for name in names],
            names,
            loc="upper left",
            bbox_to_anchor=(1.01, 1.0),
            borderaxespad=0.0,
            frameon=False,
            labelcolor=self.palette.ink,
            title=title,
            alignment="left",
        )
        legend.get_title().set_color(self.palette.ink)

    def bare(self) -> None:
        """Leave the frame and the ticks out, and make lengths equal in all directions."""
        self.axes.set_aspect("equal")
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        for spine in self.axes.spines.values():
            spine.set_visible(False)
