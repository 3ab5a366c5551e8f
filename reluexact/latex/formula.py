"""What claims offer to notebooks and papers: their LaTeX formula."""

from __future__ import annotations


class Formula:
    """A claim that :func:`reluexact.latex.claims.latex` can write."""

    __slots__ = ()

    def latex(self, digits: int = 12) -> str:
        """Return the claim as one LaTeX formula; numbers without a short exact form get ``digits`` proved digits (1 to 3000)."""
        from reluexact.latex.claims import latex

        return latex(self, digits)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"
