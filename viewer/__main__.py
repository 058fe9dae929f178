"""``python -m viewer`` is the command ``digit-strokes``."""

import sys

from viewer.cli import main

if __name__ == "__main__":
    sys.exit(main())
