"""What all documents have: the preamble, the references, and how their parts are joined."""

from __future__ import annotations

from collections.abc import Iterable

PREAMBLE = r"""\documentclass[11pt,a4paper]{article}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[margin=26mm]{geometry}
\usepackage{textcomp,amsmath,amssymb,array,booktabs,longtable,microtype}
\usepackage[hidelinks]{hyperref}
\newtheorem{theorem}{Theorem}
\newcommand{\status}[1]{\hfill\mbox{\textup{[\textsc{#1}]}}}
\allowdisplaybreaks
\emergencystretch=3em
\setlength{\LTcapwidth}{\linewidth}
\setlength{\abovecaptionskip}{0pt}
\setlength{\belowcaptionskip}{4pt}
\date{}
"""

REFERENCES = r"""\begin{thebibliography}{9}
\bibitem{pilanci20} M. Pilanci and T. Ergen. Neural networks are convex regularizers: exact polynomial-time convex optimization
formulations for two-layer networks. \emph{ICML}, 2020.
\bibitem{mishkin23} A. Mishkin and M. Pilanci. Optimal sets and solution paths of ReLU networks. \emph{ICML}, 2023.
\bibitem{kim25} S. Kim, A. Mishkin and M. Pilanci. Exploring the loss landscape of regularized neural networks via convex duality.
\emph{ICLR}, 2025.
\end{thebibliography}"""


def joined(parts: Iterable[str]) -> str:
    """Join the parts of a document with empty lines; a number that ends in dots needs no period behind it."""
    text = "\n\n".join(part.strip("\n") for part in parts if part) + "\n"
    return text.replace(r"\ldots$.", r"\ldots$")
