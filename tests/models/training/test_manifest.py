import json

import numpy as np

from models.fitting.operating_points import fit_operating_points
from models.training.manifest import build_manifest


def test_the_manifest_is_json_and_has_a_part_per_attribute() -> None:
    rng = np.random.default_rng(6)
    labels = (rng.random((300, 2)) < 0.3).astype(float)
    raw = dict(
        zip(("toxicity", "spam"), (4 * labels - 2 + rng.normal(size=(300, 2))).T, strict=True)
    )
    points = fit_operating_points(raw, labels[:, 0], labels)

    manifest = build_manifest(points, digest="0123456789abcdef", seed=7)

    assert json.loads(json.dumps(manifest)) == manifest
    assert manifest["model_version"].endswith("-0123456789ab")
    assert manifest["seed"] == 7
    for part in ("calibration", "thresholds", "missed", "cross_validated"):
        assert list(manifest[part]) == manifest["attributes"] == ["toxicity", "spam"]


def test_missed_positives_are_counted_over_all_flags() -> None:
    labels = np.repeat([[1.0, 0.0], [0.0, 1.0]], 50, axis=0)
    raw = {"toxicity": 9 * labels[:, 0] - 4, "spam": 9 * labels[:, 1] - 4}
    points = fit_operating_points(raw, labels[:, 0], labels)

    missed = build_manifest(points, digest="00", seed=1)["missed"]

    assert missed["toxicity"] == {"positives": 50, "missed": 0, "bound": 0.0582}
