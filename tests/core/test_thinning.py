from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from skimage.morphology import thin as peer_thin

from tests import naive
from tests.pictures import BLOB, mask_of
from viewer.core.thinning import thin

masks = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.bool_, shape)
)


@given(masks, st.sampled_from([0, 1, 2, None]))
def test_every_sub_iteration_agrees_with_the_paper(mask: np.ndarray, passes: int | None) -> None:
    thinned, removed_by, done = thin(mask, passes)
    assert np.array_equal(removed_by, naive.thin(mask, passes))
    assert np.array_equal(thinned, mask & (removed_by == 0))
    assert done == (removed_by.max(initial=0) + 1) // 2


@given(masks)
def test_to_convergence_no_pixel_is_removable_and_no_part_is_lost(mask: np.ndarray) -> None:
    thinned = thin(mask, None)[0]
    assert np.array_equal(thin(thinned, 1)[0], thinned)


def test_two_passes_of_a_blob_are_not_yet_a_skeleton() -> None:
    blob = np.pad(np.kron(mask_of(BLOB), np.ones((2, 2))) > 0, 1)
    two, _, passes = thin(blob, 2)
    stable, _, needed = thin(blob, None)
    assert passes == 2 < needed
    assert stable.sum() < two.sum()


def test_a_stable_skeleton_is_one_for_another_library_too() -> None:
    line = np.zeros((9, 9), dtype=np.bool_)
    line[4, 1:8] = True
    assert np.array_equal(thin(line, None)[0], peer_thin(line))


def test_the_outermost_frame_is_never_removed() -> None:
    full = np.ones((64, 64), dtype=np.bool_)
    thinned = thin(full, None)[0]
    for edge in (thinned[0], thinned[-1], thinned[:, 0], thinned[:, -1]):
        assert edge.all()


def test_a_wrong_dtype_is_named() -> None:
    with pytest.raises(ValueError, match="must be of bool"):
        thin(np.zeros((3, 3), dtype=np.uint8))
