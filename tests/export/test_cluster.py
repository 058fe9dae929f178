"""Exports spread over dask's workers, each a process of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.datasets.digits import DigitSet, Split
from viewer.export import plan
from viewer.export.run import export_digits


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what dask and its event loop say as they end
def test_dask_workers_give_the_same_bytes(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(plan, "CHUNK", 16)
    train = digits.split("train")
    many = DigitSet("many", "many", {"train": Split("train", np.tile(train.images, (8, 1, 1)))})
    chosen = {"train": np.arange(96)}
    expected = export_digits(many, chosen, format="npz", output=tmp_path / "a.npz")
    monkeypatch.setattr("viewer.core.batch.extract_part", None)  # nothing may be done here
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        found = export_digits(
            many,
            chosen,
            format="npz",
            output=tmp_path / "b.npz",
            executor=client.get_executor(),
            jobs=2,
        )
    assert found.read_bytes() == expected.read_bytes()
