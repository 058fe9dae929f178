"""How kernels are compiled: one decorator and the bit counts LLVM has and Python lacks.

Strategy: an image is held as one 64-bit word a row, bit ``c`` for column ``c``; a whole
row is then thinned, compared or labelled by a handful of word operations.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

import numba
from numba import types
from numba.extending import intrinsic

WIDTH = 64
"""Columns a row word holds, and so the largest side of an image."""


def kernel(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function without the interpreter's lock.

    It is kept on disk only where `NUMBA_CACHE_DIR` says so: numba's own choice, the
    package's folder, may be read-only, and then importing would fail.
    """
    cache = bool(os.environ.get("NUMBA_CACHE_DIR"))
    compiled: Callable[..., Any] = numba.njit(cache=cache, nogil=True)(function)
    return compiled


def _intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Declare a function that becomes LLVM instructions wherever a kernel calls it."""
    return cast("Callable[..., Any]", intrinsic(function))


@_intrinsic
def lowest_bit(_context: Any, word: Any) -> Any:
    """Position of the lowest bit set in a uint64 that is not 0, as int64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        undefined_for_zero = context.get_constant(types.boolean, True)
        return builder.cttz(arguments[0], undefined_for_zero)

    return types.int64(types.uint64), generate


@_intrinsic
def highest_bit(_context: Any, word: Any) -> Any:
    """Position of the highest bit set in a uint64 that is not 0, as int64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        undefined_for_zero = context.get_constant(types.boolean, True)
        leading = builder.ctlz(arguments[0], undefined_for_zero)
        return builder.sub(context.get_constant(types.int64, 63), leading)

    return types.int64(types.uint64), generate


@_intrinsic
def count_bits(_context: Any, word: Any) -> Any:
    """Count of the bits set in a uint64, as int64."""

    def generate(_context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate
