"""Genograms: a family network laid out as a scene, drawn as SVG, told in words, printed."""

from alongside.people.maps.genogram.compose import Options, layout
from alongside.people.maps.genogram.scene import Scene
from alongside.people.maps.genogram.svg import RenderOptions, render

__all__ = ["Options", "RenderOptions", "Scene", "layout", "render"]
