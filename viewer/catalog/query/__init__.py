"""Queries over the columns of a set: ``class=7 & strokes>=2 & writer=2103``."""

from viewer.catalog.query.choice import Choice
from viewer.catalog.query.complete import Completion, complete
from viewer.catalog.query.evaluate import select
from viewer.catalog.query.parser import parse
from viewer.catalog.query.query import Query
from viewer.catalog.query.tokens import QueryError
from viewer.catalog.query.tree import Range, Value

__all__ = [
    "Choice",
    "Completion",
    "Query",
    "QueryError",
    "Range",
    "Value",
    "complete",
    "parse",
    "select",
]
