"""Genograms: a family network laid out as a scene, drawn as SVG, told in words, printed."""

from alongside.people.maps.genogram.compose import Options, layout
from alongside.people.maps.genogram.scene import Scene
from alongside.people.maps.genogram.svg import RenderOptions, render
from alongside.people.maps.genogram.twin import describe

__all__ = ["Options", "RenderOptions", "Scene", "describe", "layout", "render"]
