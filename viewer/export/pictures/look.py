"""What can be chosen about pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viewer.export.format import Option, Options
from viewer.export.pictures.palette import GROUNDS, PALETTES

MOST_COLUMNS = 400
STAGES = ("source", "thresholded", "thinned", "skeleton", "strokes")
ALL = "all"
IMAGES = ("none", "source", "skeleton")
GHOSTS = ("strokes", "source", "none")

STAGE = Option(
    "stage",
    "Stage",
    "The image, what the threshold leaves of it, that thinned, without small parts, and the "
    "strokes; or all side by side.",
    "strokes",
    choices=(*STAGES, ALL),
)
SCALE = Option("scale", "Scale", "Pixels of the picture to a pixel of the digit.", 10, 1, 40)
NUMBERS = Option("numbers", "Numbers", "Whether the strokes' numbers stand at their starts.", True)
ARROWS = Option("arrows", "Arrows", "Whether chevrons show which way the pen goes.", True)
MOVES = Option(
    "moves", "Moves in the air", "Whether dashed lines lead from a stroke to the next one.", True
)
IMAGE = Option("image", "Behind", "What is faintly behind the strokes.", "none", choices=IMAGES)
GHOST = Option(
    "ghost", "Behind", "What is faintly there before it is drawn.", "strokes", choices=GHOSTS
)
PALETTE = Option(
    "palette",
    "Colours",
    "Strokes in colours told apart by colour-blind readers, or in the order of the rainbow.",
    "contrast",
    choices=tuple(PALETTES),
)
BACKGROUND = Option(
    "background", "Background", "What the strokes lie on.", "black", choices=tuple(GROUNDS)
)
COLUMNS = Option(
    "columns",
    "Columns",
    "Digits side by side on a sheet; 0 for one as square as possible.",
    0,
    0,
    MOST_COLUMNS,
)
CAPTIONS = Option(
    "captions", "Captions", "Whether each digit's split, index and class stand below it.", False
)
SPEED = Option(
    "speed",
    "Speed",
    "Pixels of the digit a second that the pen writes; in the air it goes twice as fast.",
    16.0,
    1.0,
    500.0,
)
PAUSE = Option(
    "pause", "Pause at the end", "Seconds that the finished digits are held.", 1.5, 0.0, 60.0
)
FRAMES = Option(
    "fps",
    "Frames a second",
    "Rounded so that a frame lasts whole hundredths of a second, as GIF has them.",
    25,
    2,
    50,
)
LOOPS = Option("loops", "Times to play", "How often the replay runs; 0 for ever.", 0, 0, 1000)


@dataclass(frozen=True)
class Look:
    """The values of a format's options; what it does not have is as here."""

    scale: int = 10
    numbers: bool = True
    arrows: bool = True
    moves: bool = True
    image: str = "none"
    ghost: str = "strokes"
    palette: str = "contrast"
    background: str = "black"
    columns: int = 0
    captions: bool = False
    speed: float = 16.0
    pause: float = 1.5
    fps: int = 25
    loops: int = 0
    stage: str = "strokes"

    @classmethod
    def of(cls, options: Options) -> Look:
        """Return the look that options describe."""
        given: dict[str, Any] = dict(options)
        return cls(**given)
