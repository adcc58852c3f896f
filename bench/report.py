"""Figures as a table for people and as JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.frame import Benchmark, Measure, Setting

Results = Sequence[tuple[Benchmark, Sequence[Measure]]]


def as_table(results: Results) -> str:
    """Each benchmark's figures, with what each aims at and what others reach beside it."""
    rows = [("", "", "", "")]
    for one, measures in results:
        rows.append((one.title, "", "", ""))
        rows += [
            (f"  {measure.what}", _figure(measure.value, measure.unit), _aim(measure), _beside(measure))
            for measure in measures
        ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = []
    for what, value, aim, beside in rows[1:]:
        lines.append(f"{what:<{widths[0]}}  {value:>{widths[1]}}  {aim:<{widths[2]}}  {beside}".rstrip())
    return "\n".join(lines)


def as_json(results: Results, setting: Setting) -> str:
    """The same figures, with the machine that they were taken on."""
    return json.dumps(
        {
            "set": "national" if setting.national else "small",
            "people": setting.people,
            "machine": {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
            "benchmarks": {one.name: {"title": one.title, "measures": _plain(measures)} for one, measures in results},
        },
        indent=1,
    )


def _plain(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    return [{**asdict(measure), "keeps_its_aim": measure.keeps_its_aim} for measure in measures]


def _figure(value: float, unit: str) -> str:
    shown = f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:,.3g}"
    return f"{shown} {unit}".strip()


def _aim(measure: Measure) -> str:
    if measure.aim is None:
        return ""
    word = "at least" if measure.at_least else "at most"
    verdict = "kept" if measure.keeps_its_aim else "MISSED"
    return f"{word} {_figure(measure.aim, '')}: {verdict}"


def _beside(measure: Measure) -> str:
    return ", ".join(f"{name} {_figure(value, measure.unit)}" for name, value in measure.beside.items())
