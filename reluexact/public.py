"""The public names, one list: each with its home, which is imported when the name is used.

It imports nothing, so any file may import it. Methods of claims that are another spelling of a public function call
:func:`public`; that way a claim, which is data, imports nothing that finds, draws or writes one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HOMES = {
    "ActivationPatterns": "reluexact.geometry.arrangement:ActivationPatterns",
    "AllOnes": "reluexact.kinds.spike_free.claim:AllOnes",
    "ApproximatelyPruned": "reluexact.kinds.pruning.claim:ApproximatelyPruned",
    "BankInstance": "reluexact.kinds.bank.instance:BankInstance",
    "BiasedNetwork": "reluexact.model.biased_network:BiasedNetwork",
    "BoundProof": "reluexact.evidence.bound:BoundProof",
    "Breakpoint": "reluexact.kinds.solution_path.claim:Breakpoint",
    "CertificateError": "reluexact.errors:CertificateError",
    "Classification": "reluexact.kinds.classification.claim:Classification",
    "ClosedForm": "reluexact.kinds.optimum.closed_form:ClosedForm",
    "CoordinateNeuron": "reluexact.kinds.rectified_ellipsoid.claim:CoordinateNeuron",
    "CrossValidation": "reluexact.kinds.cross_validation.claim:CrossValidation",
    "CuttingPlane": "reluexact.kinds.cutting_plane.claim:CuttingPlane",
    "CuttingRound": "reluexact.kinds.cutting_plane.claim:CuttingRound",
    "Dataset": "reluexact.model.dataset:Dataset",
    "DescentPath": "reluexact.kinds.descent_path.claim:DescentPath",
    "Explanation": "reluexact.kinds.judgement.explanation:Explanation",
    "HullMembership": "reluexact.kinds.rectified_ellipsoid.claim:HullMembership",
    "InputError": "reluexact.errors:InputError",
    "Interpolation": "reluexact.kinds.interpolation.claim:Interpolation",
    "Judgement": "reluexact.kinds.judgement.claim:Judgement",
    "LimitReached": "reluexact.errors:LimitReached",
    "MinimumNetwork": "reluexact.kinds.minimum_network.claim:MinimumNetwork",
    "MissingDependency": "reluexact.errors:MissingDependency",
    "Network": "reluexact.model.network:Network",
    "Neuron": "reluexact.evidence.neuron:Neuron",
    "OptimalPath": "reluexact.kinds.connectivity.path:OptimalPath",
    "OptimalSet": "reluexact.kinds.optimal_set.claim:OptimalSet",
    "Optimum": "reluexact.kinds.optimum.claim:Optimum",
    "PiecewiseQuadratic": "reluexact.model.losses:PiecewiseQuadratic",
    "Planted": "reluexact.kinds.planted.claim:Planted",
    "PlantedNeuron": "reluexact.kinds.planted.claim:PlantedNeuron",
    "Point": "reluexact.kinds.optimal_set.point:Point",
    "Problem": "reluexact.model.problem:Problem",
    "ProblemBound": "reluexact.evidence.problem_bound:ProblemBound",
    "ProblemOptimum": "reluexact.kinds.optimum.problem_claim:ProblemOptimum",
    "Pruned": "reluexact.kinds.pruning.claim:Pruned",
    "Real": "reluexact.numbers.real:Real",
    "RectifiedEllipsoid": "reluexact.kinds.rectified_ellipsoid.claim:RectifiedEllipsoid",
    "ReluExactError": "reluexact.errors:ReluExactError",
    "Report": "reluexact.reports.claim:Report",
    "Selection": "reluexact.kinds.selection.claim:Selection",
    "Sensitivity": "reluexact.kinds.sensitivity.claim:Sensitivity",
    "Snapped": "reluexact.kinds.classification.claim:Snapped",
    "SolutionPath": "reluexact.kinds.solution_path.claim:SolutionPath",
    "SparsestSpline": "reluexact.kinds.sparsest_spline.claim:SparsestSpline",
    "SpikeFree": "reluexact.kinds.spike_free.claim:SpikeFree",
    "Staircase": "reluexact.kinds.connectivity.staircase:Staircase",
    "StationaryGraph": "reluexact.kinds.stationary_graph.claim:StationaryGraph",
    "SupportValue": "reluexact.kinds.rectified_ellipsoid.claim:SupportValue",
    "Status": "reluexact.evidence.status:Status",
    "Theorem": "reluexact.kinds.theorem.claim:Theorem",
    "Trained": "reluexact.trained.claim:Trained",
    "Verdict": "reluexact.kinds.membership.claim:Verdict",
    "Vertex": "reluexact.kinds.optimal_set.vertex:Vertex",
    "WorkersLost": "reluexact.errors:WorkersLost",
    "WidthCurve": "reluexact.kinds.width_optimum.claim:WidthCurve",
    "WidthOptimum": "reluexact.kinds.width_optimum.claim:WidthOptimum",
    "__version__": "reluexact.version:__version__",
    "absolute": "reluexact.model.losses:absolute",
    "activation_patterns": "reluexact.geometry.arrangement:activation_patterns",
    "all_ones": "reluexact.kinds.spike_free.find:all_ones",
    "balanced": "reluexact.model.symmetries:balanced",
    "band": "reluexact.kinds.optimal_set.band:band",
    "bank": "reluexact.kinds.bank.find:bank",
    "bank_instance": "reluexact.kinds.bank.find:bank_instance",
    "bank_version": "reluexact.kinds.bank.find:bank_version",
    "blocks": "reluexact.kinds.optimal_set.block_form:blocks",
    "bound": "reluexact.kinds.bound.find:bound",
    "canonical": "reluexact.model.symmetries:canonical",
    "check": "reluexact.certificates.files:check",
    "classify": "reluexact.kinds.classification.find:classify",
    "closed_form": "reluexact.kinds.optimum.closed_form:closed_form",
    "contains": "reluexact.kinds.membership.find:contains",
    "coordinate_neuron": "reluexact.kinds.rectified_ellipsoid.find:coordinate_neuron",
    "cross_validate": "reluexact.kinds.cross_validation.find:cross_validate",
    "cross_validation_error": "reluexact.kinds.cross_validation.find:cross_validation_error",
    "cutting_plane": "reluexact.kinds.cutting_plane.find:cutting_plane",
    "descent_path": "reluexact.kinds.descent_path.find:descent_path",
    "epsilon_insensitive": "reluexact.model.losses:epsilon_insensitive",
    "equivalent": "reluexact.model.symmetries:equivalent",
    "explain": "reluexact.kinds.judgement.explain:explain",
    "extreme": "reluexact.kinds.selection.find:extreme",
    "from_keras": "reluexact.trained.keras:from_keras",
    "from_onnx": "reluexact.trained.onnx:from_onnx",
    "from_safetensors": "reluexact.trained.safetensors:from_safetensors",
    "from_scnn": "reluexact.trained.scnn:from_scnn",
    "from_sklearn": "reluexact.trained.sklearn:from_sklearn",
    "from_torch": "reluexact.trained.torch:from_torch",
    "gauge": "reluexact.kinds.rectified_ellipsoid.find:gauge",
    "hinge": "reluexact.model.losses:hinge",
    "html": "reluexact.kinds.html:html",
    "huber": "reluexact.model.losses:huber",
    "in_hull": "reluexact.kinds.rectified_ellipsoid.find:in_hull",
    "interpolate": "reluexact.kinds.interpolation.find:interpolate",
    "is_spike_free": "reluexact.kinds.spike_free.find:is_spike_free",
    "judge": "reluexact.kinds.judgement.find:judge",
    "latex": "reluexact.kinds.latex:latex",
    "least_loss": "reluexact.kinds.selection.find:least_loss",
    "least_norm": "reluexact.kinds.selection.find:least_norm",
    "least_norm_on_path": "reluexact.kinds.solution_path.at:least_norm_on_path",
    "load": "reluexact.kinds.files:load",
    "logistic": "reluexact.model.logistic:logistic",
    "max_penalty": "reluexact.kinds.max_penalty.find:max_penalty",
    "merged": "reluexact.model.symmetries:merged",
    "midpoint": "reluexact.kinds.optimal_set.movement:midpoint",
    "minimum_network": "reluexact.kinds.minimum_network.find:minimum_network",
    "network": "reluexact.kinds.optimal_set.movement:network",
    "no_spurious_valley_width": "reluexact.kinds.descent_path.find:no_spurious_valley_width",
    "optimal_set": "reluexact.kinds.optimal_set.find:optimal_set",
    "optimum_on_path": "reluexact.kinds.solution_path.at:optimum_on_path",
    "path": "reluexact.kinds.connectivity.find_path:path",
    "path_networks": "reluexact.kinds.optimal_set.movement:path_networks",
    "permuted": "reluexact.model.symmetries:permuted",
    "planted": "reluexact.kinds.planted.find:planted",
    "plot": "reluexact.kinds.plot:plot",
    "point": "reluexact.kinds.optimal_set.movement:point",
    "prove_bound": "reluexact.kinds.bound.find:prove_bound",
    "prune": "reluexact.kinds.pruning.find:prune",
    "prune_to_width": "reluexact.kinds.pruning.to_width:prune_to_width",
    "quantile": "reluexact.model.losses:quantile",
    "random_point": "reluexact.kinds.optimal_set.movement:random_point",
    "real_expression": "reluexact.tex.numbers:real_expression",
    "rectified_ellipsoid": "reluexact.kinds.rectified_ellipsoid.find:rectified_ellipsoid",
    "refine": "reluexact.kinds.refine:refine",
    "report": "reluexact.reports.make:report",
    "save": "reluexact.kinds.files:save",
    "save_graphml": "reluexact.kinds.stationary_graph.graphml:save_graphml",
    "sensitivity": "reluexact.kinds.sensitivity.find:sensitivity",
    "slope_on_path": "reluexact.kinds.solution_path.at:slope_on_path",
    "snap": "reluexact.kinds.classification.snap:snap",
    "solution_path": "reluexact.kinds.solution_path.find:solution_path",
    "solve": "reluexact.kinds.optimum.find:solve",
    "solve_width": "reluexact.kinds.width_optimum.find:solve_width",
    "split": "reluexact.model.symmetries:split",
    "sparsest_spline": "reluexact.kinds.sparsest_spline.find:sparsest_spline",
    "squared": "reluexact.model.losses:squared",
    "squared_hinge": "reluexact.model.losses:squared_hinge",
    "staircase": "reluexact.kinds.connectivity.find:staircase",
    "support_function": "reluexact.kinds.rectified_ellipsoid.find:support_function",
    "stationary_graph": "reluexact.kinds.stationary_graph.find:stationary_graph",
    "theorem": "reluexact.kinds.theorem.find:theorem",
    "to_networkx": "reluexact.kinds.stationary_graph.graphml:to_networkx",
    "unique": "reluexact.kinds.optimal_set.block_form:unique",
    "value_formula": "reluexact.kinds.solution_path.formula:value_formula",
    "way_down": "reluexact.kinds.descent_path.deprecated:way_down",
    "width_curve": "reluexact.kinds.width_optimum.find:width_curve",
    "without_weights": "reluexact.model.row_weights:without_weights",
}
"""name -> module:attribute; ``reluexact/__init__.pyi`` says the same to type checkers, and a test compares the two."""

MODULES = {"testing": "reluexact.testing"}
"""Folders with public names of their own."""


def public(name: str) -> Any:
    """Return what a public name stands for; its home is imported now.

    >>> public("Status").PROVED.name
    'PROVED'
    """
    if name in MODULES:
        return __import__(MODULES[name], fromlist=("__name__",))
    module, _, attribute = HOMES[name].partition(":")
    return getattr(__import__(module, fromlist=(attribute,)), attribute)


class Tabular:
    """Something that ``rx.html`` writes as a table, which notebooks show."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        text: str = public("html")(self)
        return text


class Formula:
    """A claim or a number that ``rx.latex`` writes as a formula, in notebooks, too."""

    __slots__ = ()

    def latex(self, digits: int = 12) -> str:
        """Return the claim as one LaTeX formula; numbers without a short exact form get ``digits`` proved digits (1 to 3000)."""
        text: str = public("latex")(self, digits)
        return text

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex()}$"


class Pictured:
    """A claim that ``rx.plot`` draws."""

    __slots__ = ()

    def plot(self, ax: Axes | None = None, *, view: str | None = None, style: str = "light") -> Axes:
        """Draw the claim into axes of matplotlib, or a new figure, and return the axes; files are written by ``rx.plot``.

        view: which of its pictures (``reluexact.kinds.plot.views`` lists them). style: ``light`` or ``dark``.
        """
        figure: Figure = public("plot")(self, ax=ax, view=view, style=style)
        return figure.axes[0] if ax is None else ax
