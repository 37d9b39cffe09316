"""The card's pictures, and the tables behind them."""

from collections.abc import Iterator

from models.card.svg_plot import Axis, Plot, plot_svg
from models.serving.artefact import Manifest

_RELIABILITY, _PRECISION, _WORKLOAD = "reliability.svg", "precision-recall.svg", "workload.svg"


def render_pictures(manifest: Manifest) -> dict[str, str]:
    """Draw the pictures of the card.

    Args:
        manifest: With the tables of `curve_tables`.

    Returns:
        SVG by file name.
    """
    tables = manifest["curves"]
    return {
        _RELIABILITY: plot_svg(_reliability(tables)),
        _PRECISION: plot_svg(_precision(tables)),
        _WORKLOAD: plot_svg(_workload(tables)),
    }


def curve_lines(manifest: Manifest) -> Iterator[str]:
    """Write the card's part with the pictures, as lines of Markdown."""
    tables = manifest["curves"]
    yield "## Pictures\n"
    yield "Toxicity of the held-out comments, by the artefact as it is served.\n"
    yield f"![Of comments with a score, the share that is toxic]({_RELIABILITY})\n"
    yield "| Comments | Mean score | Share toxic |\n|---:|---:|---:|"
    for row in tables["reliability"]:
        yield f"| {row['comments']} | {row['mean_score']:.3f} | {row['share']:.3f} |"
    yield f"\n![Precision by share of the toxic comments found]({_PRECISION})\n"
    yield "| Threshold | Share found | Precision |\n|---:|---:|---:|"
    for row in tables["precision_recall"]:
        yield f"| {row['threshold']:.4f} | {row['recall']:.1%} | {row['precision']:.1%} |"
    yield (
        "\nPeople read the comments from the flag threshold up; those below are approved unread. "
        "Comments from the reject threshold up wait as likely to be rejected. Here they count as "
        "rejected unread, which they are only on a site that switched that on.\n"
    )
    yield f"![Share of the toxic comments missed by share of comments read]({_WORKLOAD})\n"
    yield "| Flag from | Read by people | Toxic, but missed |\n|---:|---:|---:|"
    for row in tables["workload"]:
        flag = "nowhere" if row["flag"] > 1 else f"{row['flag']:.4f}"
        yield f"| {flag} | {row['read']:.1%} | {row['missed']:.1%} |"
    yield ""


def _reliability(tables: Manifest) -> Plot:
    points = [(row["mean_score"], row["share"]) for row in tables["reliability"]]
    across, up = Axis("mean score of the comments"), Axis("share of them that is toxic")
    title = "Reliability: is a score a probability?"
    return Plot(title, across, up, points, ((0, 0), (1, 1)), "a perfect probability")


def _precision(tables: Manifest) -> Plot:
    points = [(row["recall"], row["precision"]) for row in tables["precision_recall"]]
    across, up = Axis("share of the toxic comments found"), Axis("precision")
    return Plot("Precision and share found", across, up, points)


def _workload(tables: Manifest) -> Plot:
    points = [(row["read"], row["missed"]) for row in tables["workload"]]
    across = Axis("share of all comments read by people", 0.5)
    up = Axis("share of the toxic ones missed")
    return Plot("What people read, and what is missed", across, up, points)
