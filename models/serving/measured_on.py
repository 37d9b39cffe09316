"""Say on which comments the thresholds of a model were measured: elsewhere they hold less well."""

from models.serving.artefact import Manifest

UNKNOWN = "On which comments this model's thresholds were measured is not known."
_ELSEWHERE = "On other sites, with other readers and topics, expect other figures"


def measured_on(manifest: Manifest) -> str:
    """Return one or two sentences for people who rely on the thresholds.

    Args:
        manifest: Of a model that `parley train` made from its own data, or from an operator's.
    """
    figures = manifest.get("cross_validated")
    if not figures or "folds" not in manifest:
        return UNKNOWN
    own = manifest.get("own")
    if own is not None:
        names = ", ".join(name.replace("_", " ") for name in own["before"])
        return (
            f"The thresholds for {names} were measured on {own['rows']:,} comments that were "
            "labelled here; those for anything else on comments from elsewhere."
        )
    if "everyday" in manifest:
        return (
            "The thresholds to flag were measured on a mix like comments under articles: Reddit, "
            "videos, blogs, forums, reviews, tweets and Wikipedia's talk pages. "
            f"{_ELSEWHERE}."
        )
    return (
        f"The thresholds were measured on {figures['toxicity']['rows']:,} comments from "
        f"Wikipedia's talk pages, those for spam on {figures['spam']['rows']:,} comments from "
        f"there and from YouTube. {_ELSEWHERE}."
    )
