"""Life maps: the person decides what shows; nothing covers anything."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.people.maps.drawing.measure import text_width
from alongside.people.maps.lifemap import CLOSED, Lane, LifeEvent, describe_lifemap, layout_lifemap, render_lifemap
from alongside.people.maps.vocabulary import PartialDate

TODAY = PartialDate(2026, 6, 1)
EVENTS = (
    LifeEvent("1", Lane.FAMILY, "Jayden born", PartialDate(2012, 5, 2)),
    LifeEvent("2", Lane.JUSTICE, "Custody", PartialDate(2016, 6), PartialDate(2017, 2)),
    LifeEvent("3", Lane.HEALTH, "Depression", PartialDate(2015, about=True), sensitive=True),
    LifeEvent("4", Lane.FAMILY, "Grandad died", PartialDate(2011), hidden=True),
    LifeEvent("5", Lane.WORK, "Warehouse", PartialDate(2017), ongoing=True),
)


def test_hidden_events_are_on_the_persons_own_copy_only() -> None:
    others = layout_lifemap(EVENTS, TODAY)
    assert "Grandad" not in render_lifemap(others) + describe_lifemap(EVENTS, others).as_text()
    assert "with 4 events" in others.description
    own = layout_lifemap(EVENTS, TODAY, own_copy=True)
    assert "Grandad died" in render_lifemap(own)
    assert "Grandad died" in describe_lifemap(EVENTS, own, own_copy=True).as_text()


def test_sensitive_events_are_closed_until_opened() -> None:
    closed = layout_lifemap(EVENTS, TODAY)
    assert "Depression" not in render_lifemap(closed) + describe_lifemap(EVENTS, closed).as_text()
    assert CLOSED in render_lifemap(closed)
    opened = layout_lifemap(EVENTS, TODAY, open_sensitive=True)
    assert "Depression" in render_lifemap(opened)


def test_all_lanes_stand_even_when_empty() -> None:
    scene = layout_lifemap((), TODAY)
    assert [band.lane for band in scene.bands] == [str(lane) for lane in Lane]
    assert describe_lifemap((), scene).as_text().count("Nothing recorded") == 5


EVENT = st.builds(
    LifeEvent,
    id=st.uuids().map(str),
    lane=st.sampled_from(list(Lane)),
    label=st.text(min_size=1, max_size=60),
    begin=st.builds(PartialDate, st.integers(1940, 2026), st.none() | st.integers(1, 12)),
    end=st.none() | st.builds(PartialDate, st.integers(1940, 2026)),
    ongoing=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(EVENT, max_size=25), st.randoms())
def test_events_of_a_lane_never_cover_each_other_whatever_their_order(events: list[LifeEvent], random: object) -> None:
    scene = layout_lifemap(tuple(events), TODAY, born=PartialDate(1950))
    ElementTree.fromstring(render_lifemap(scene))
    for a, b in combinations(scene.marks, 2):
        if (a.lane, a.row) == (b.lane, b.row):
            first, second = sorted((a, b), key=lambda m: m.x)
            wide = max((text_width(line, 12) for line in first.lines), default=0)
            assert max(first.end_x, first.label_x + wide) <= second.x
    random.shuffle(events)
    assert layout_lifemap(tuple(events), TODAY, born=PartialDate(1950)).as_json() == scene.as_json()


def test_markup_stays_text() -> None:
    event = LifeEvent("<i>", Lane.HOME, "<script>x</script>", PartialDate(2000), note="<b>")
    scene = layout_lifemap((event,), TODAY, title="<t>")
    assert "<script" not in render_lifemap(scene, id_prefix="<p>") + describe_lifemap((event,), scene).as_html()
