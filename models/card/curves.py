"""The card's pictures, and the tables behind them."""

from collections.abc import Iterator

from models.card.svg_plot import Axis, Plot, plot_svg
from models.serving.artefact import Manifest

_RELIABILITY, _PRECISION, _WORKLOAD = "reliability.svg", "precision-recall.svg", "workload.svg"


def pictures_of(manifest: Manifest) -> dict[str, str]:
    """File name to picture, from the manifest alone."""
    found = manifest["curves"]
    return {
        _RELIABILITY: plot_svg(_reliability(found)),
        _PRECISION: plot_svg(_precision(found)),
        _WORKLOAD: plot_svg(_workload(found)),
    }


def curve_lines(manifest: Manifest) -> Iterator[str]:
    found = manifest["curves"]
    yield "## Pictures\n"
    yield "Toxicity of the sealed comments, by the artefact as it is served.\n"
    yield f"![Of comments with a score, the share that is toxic]({_RELIABILITY})\n"
    yield "| Comments | Mean score | Share toxic |\n|---:|---:|---:|"
    for each in found["reliability"]:
        yield f"| {each['comments']} | {each['mean_score']:.3f} | {each['share']:.3f} |"
    yield f"\n![Precision by share of the toxic comments found]({_PRECISION})\n"
    yield "| Threshold | Share found | Precision |\n|---:|---:|---:|"
    for each in found["precision_recall"]:
        yield f"| {each['threshold']:.4f} | {each['recall']:.1%} | {each['precision']:.1%} |"
    yield (
        "\nRead by people: from the flag threshold up to the reject threshold; what is above it is "
        "rejected unread, what is below the flag is approved unread.\n"
    )
    yield f"![Share of the toxic comments missed by share of comments read]({_WORKLOAD})\n"
    yield "| Flag from | Read by people | Toxic, but missed |\n|---:|---:|---:|"
    for each in found["workload"]:
        flag = "nowhere" if each["flag"] > 1 else f"{each['flag']:.4f}"
        yield f"| {flag} | {each['read']:.1%} | {each['missed']:.1%} |"
    yield ""


def _reliability(found: Manifest) -> Plot:
    points = [(each["mean_score"], each["share"]) for each in found["reliability"]]
    across, up = Axis("mean score of the comments"), Axis("share of them that is toxic")
    title = "Reliability: is a score a probability?"
    return Plot(title, across, up, points, ((0, 0), (1, 1)), "a perfect probability")


def _precision(found: Manifest) -> Plot:
    points = [(each["recall"], each["precision"]) for each in found["precision_recall"]]
    across, up = Axis("share of the toxic comments found"), Axis("precision")
    return Plot("Precision and share found", across, up, points)


def _workload(found: Manifest) -> Plot:
    points = [(each["read"], each["missed"]) for each in found["workload"]]
    across = Axis("share of all comments read by people", 0.5)
    up = Axis("share of the toxic ones missed")
    return Plot("What people read, and what is missed", across, up, points)
