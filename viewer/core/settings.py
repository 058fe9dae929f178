"""The settings of an extraction; the defaults are the published ones."""

from __future__ import annotations

from dataclasses import dataclass

ORDERS = ("nearest",)


@dataclass(frozen=True, slots=True)
class ExtractionSettings:
    """How an image becomes a stroke sequence.

    Parameters
    ----------
    threshold_step : int
        Distance of the threshold levels in grey values, 1 to 255.
    threshold_keep : float
        Smallest share of the level-0 pixels that has to be left, 0 to 1.
    threshold_ceiling : int
        The first level that is never chosen, 1 to 255.
    thinning_passes : int or None
        Zhang-Suen passes of two sub-iterations each; None thins until nothing changes.
    minimum_component : int
        8-connected parts of the skeleton with fewer pixels are removed.
    order : str
        Rule that orders the skeleton's pixels, one of `ORDERS`.
    announce_last_jump : bool
        Whether a jump to the very last pixel gets its marker row. The published files
        leave that one out.

    Raises
    ------
    ValueError
        If a value is out of its range; the text names the setting.

    References
    ----------
    .. [1] E. D. de Jong (2016), The MNIST digits stroke sequence data set.
    """

    threshold_step: int = 25
    threshold_keep: float = 0.5
    threshold_ceiling: int = 250
    thinning_passes: int | None = 2
    minimum_component: int = 3
    order: str = "nearest"
    announce_last_jump: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.threshold_step <= 255:
            raise ValueError(f"threshold_step must be 1 to 255, not {self.threshold_step}")
        if not 0.0 <= self.threshold_keep <= 1.0:
            raise ValueError(f"threshold_keep must be 0 to 1, not {self.threshold_keep}")
        if not 1 <= self.threshold_ceiling <= 255:
            raise ValueError(f"threshold_ceiling must be 1 to 255, not {self.threshold_ceiling}")
        if self.thinning_passes is not None and self.thinning_passes < 0:
            raise ValueError(f"thinning_passes must be 0 or more, not {self.thinning_passes}")
        if self.minimum_component < 1:
            raise ValueError(f"minimum_component must be 1 or more, not {self.minimum_component}")
        if self.order not in ORDERS:
            raise ValueError(f"order must be one of {', '.join(ORDERS)}, not {self.order!r}")


PUBLISHED = ExtractionSettings()
