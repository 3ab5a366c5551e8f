"""The colours of all pictures, light and dark, and the settings of matplotlib that they are drawn with.

The colours are those of Okabe and Ito (2008), which colour-blind people tell apart; on dark paper lighter ones of the same hue.
No picture relies on colour alone: markers and lines differ, too.
"""

from __future__ import annotations

from dataclasses import dataclass

from reluexact.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by name. paper: behind everything; ink: data and text; muted: what stands back; the rest are hues."""

    paper: str
    ink: str
    muted: str
    faint: str
    blue: str
    vermilion: str
    green: str
    orange: str
    purple: str

    def of_sign(self, sign: int) -> str:
        """Return the colour of a neuron with this output sign.

        >>> STYLES["light"].of_sign(1), STYLES["light"].of_sign(-1)
        ('#0072b2', '#d55e00')
        """
        return self.blue if sign > 0 else self.vermilion


STYLES = {
    "light": Palette(
        paper="#ffffff",
        ink="#1a1a1a",
        muted="#6b6b6b",
        faint="#c4c4c4",
        blue="#0072b2",
        vermilion="#d55e00",
        green="#009e73",
        orange="#e69f00",
        purple="#a8568a",
    ),
    "dark": Palette(
        paper="#16181d",
        ink="#ececec",
        muted="#a3a7ad",
        faint="#4a4e57",
        blue="#56b4e9",
        vermilion="#f0803c",
        green="#2fc79a",
        orange="#f2b632",
        purple="#d68fba",
    ),
}

SETTINGS: dict[str, object] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that texts are equally wide everywhere
    "font.size": 10.0,
    "axes.titlesize": 11.0,
    "axes.titlelocation": "left",
    "axes.titlepad": 10.0,
    "axes.labelsize": 10.0,
    "xtick.labelsize": 9.0,
    "ytick.labelsize": 9.0,
    "legend.fontsize": 9.0,
    "legend.title_fontsize": 9.0,
    "svg.hashsalt": "reluexact",  # else identifiers are random
    "svg.fonttype": "path",
}


def palette_of(style: str) -> Palette:
    """Return the palette of a style; raises InputError for a name that is none.

    >>> palette_of("dark").paper
    '#16181d'
    >>> palette_of("grey")
    Traceback (most recent call last):
    reluexact.errors.InputError: style: 'grey' is none; choose light or dark
    """
    if not isinstance(style, str) or style not in STYLES:
        raise InputError(f"style: {style!r} is none; choose {' or '.join(STYLES)}")
    return STYLES[style]
