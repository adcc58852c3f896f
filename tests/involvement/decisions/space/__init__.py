"""The space of decisions, abstracted: every distinction that a rule can draw, and one concrete case for each.

A rule reads a few attributes of the question, the facts and the policy. For each attribute there is an *aspect*: its
classes, and for each class a representative. `Space.of(rule)` is every combination of the classes that the rule reads;
`abstract` says in which class a concrete case lies. An answer is the gravest of what the rules say, each of which reads
its own few aspects, so that what holds of every rule over its own combinations, and of the maximum, holds of every
combination of all aspects: there is nothing else for an answer to depend on. The tests hold the code to each half of
that: rules read what is listed here, concrete cases decide as their classes do, and `decide` takes the gravest.
"""

from tests.involvement.decisions.space.aspects import ASPECTS, CALM, TIGHT, Case, Values, concrete
from tests.involvement.decisions.space.classes import abstract
from tests.involvement.decisions.space.reading import aspects_of, combinations, read_by

__all__ = [
    "ASPECTS",
    "CALM",
    "TIGHT",
    "Case",
    "Values",
    "abstract",
    "aspects_of",
    "combinations",
    "concrete",
    "read_by",
]
