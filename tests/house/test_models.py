"""Every model of the house, held to what the house promises of its rows and its floors."""

import tomllib
from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from alongside.config.rooms import ROOMS
from alongside.config.state import PROJECT_FOLDER
from alongside.foundation.records.classification import Erasure, Sensitivity
from alongside.foundation.records.grants import READ_ONLY, THIRD_PARTY
from alongside.foundation.records.models import AppendOnly, Editable, Record

OURS = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("alongside.")]
THEIRS = [model for model in apps.get_models(include_auto_created=True) if model not in OURS]


def each(models_: Iterable[type[models.Model]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("model", models_, ids=lambda model: model._meta.label)


each_of_ours = each(OURS)


@each_of_ours
def test_every_model_is_editable_or_append_only(model: type[models.Model]) -> None:
    assert issubclass(model, Editable) != issubclass(model, AppendOnly)


@each_of_ours
def test_every_field_is_classed(model: type[Record]) -> None:
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert fields - set(model.classification) == set(), "these fields have no class"
    assert set(model.classification) - fields == set(), "these classes have no field"


@each_of_ours
def test_what_is_personal_says_how_long_it_is_kept(model: type[Record]) -> None:
    personal = [name for name, how in model.classification.items() if how is not Sensitivity.PLAIN]
    assert not personal or model.keeping is not None, f"{personal} are personal and no rule keeps them"


@each_of_ours
def test_ways_to_the_person_lead_somewhere(model: type[Record]) -> None:
    keeping = model.keeping
    for path in f"{keeping.person} {keeping.family_member}".split() if keeping else ():
        if path != "self":
            model._default_manager.filter(**{f"{path}__isnull": False})


def emptied(model: type[models.Model]) -> bool:
    return issubclass(model, AppendOnly) and model.keeping is not None and model.keeping.erasure is Erasure.EMPTY


@each(filter(emptied, OURS))
def test_append_only_rows_can_be_emptied_where_erasure_empties(model: type[Record]) -> None:
    personal = {name for name, how in model.classification.items() if how is not Sensitivity.PLAIN}
    kept = {name for name in personal if not model._meta.get_field(name).null}
    assert kept == set(), "erasure cannot empty these, since they may not be NULL"


@each_of_ours
def test_nothing_reaches_back_up(model: type[models.Model]) -> None:
    named = [
        field.name
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.remote_field is not None and not str(field.remote_field.related_name or "").endswith("+")
    ]
    assert named == [], 'give these related_name="+"'


WALLED_ROOMS = {"safety_protected", "safety_advocacy", "contact_concerns"}
WITHOUT_CONTENT = {
    "safety_advocacy.Referral": "that someone was referred and that it was acknowledged, which the practitioner sees",
    "safety_advocacy.DeclinedRequest": "what an officer was asked to do, in codes, which the practitioner sees",
    "safety_advocacy.NameCheck": "a name that an officer typed, emptied as soon as it is compared",
    "contact_concerns.Concern": "that something was told, and whether it was read and decided; the wall shows which",
    "contact_concerns.WayIn": "when a team reads what it is told",
    "contact_concerns.AbsenceNotice": "an absence of which the person knows, or a day alone",
    "safety_protected.HandlingInstruction": "how to act, without why, for whoever visits, covers or is on duty",
}


@each(model for model in OURS if model._meta.app_label in WALLED_ROOMS)
def test_a_walled_room_keeps_its_rows_behind_the_wall(model: type[Record]) -> None:
    assert (model.wall is None) == (model._meta.label in WITHOUT_CONTENT), "wall it, or say why it has no content"


@each(model for model in OURS if model.wall is not None)
def test_what_is_walled_belongs_to_someone_by_its_own_columns(model: type[Record]) -> None:
    """So that erasure finds it without reading it."""
    assert model.keeping is not None
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(f"{model.keeping.person} {model.keeping.family_member}".split()) <= columns


@each(THEIRS)
def test_every_table_of_others_is_listed_with_a_reason(model: type[models.Model]) -> None:
    assert model._meta.db_table in {**THIRD_PARTY, **READ_ONLY}


# The floors, read from the contracts that hold the imports.
CONTRACTS = tomllib.loads((PROJECT_FOLDER / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def _allowed(upper: str, lower: str) -> bool:
    """Whether the module `upper` may point at `lower`, by every contract that speaks of both."""
    for contract in CONTRACTS:
        for container in contract.get("containers", [""]):
            order = [
                {".".join(filter(None, (container, name.strip()))) for name in layer.split("|")}
                for layer in contract["layers"]
            ]
            from_ = next((at for at, layer in enumerate(order) if _within(upper, layer)), None)
            to = next((at for at, layer in enumerate(order) if _within(lower, layer)), None)
            if from_ is None or to is None:
                continue
            same_room = _room(upper, order[from_]) == _room(lower, order[to])
            if not (from_ < to or same_room):
                return False
    return True


def _within(module: str, layer: set[str]) -> bool:
    return _room(module, layer) is not None


def _room(module: str, layer: set[str]) -> str | None:
    return next((name for name in layer if module == name or module.startswith(f"{name}.")), None)


def test_the_floors_are_read_as_they_are_meant() -> None:
    assert _allowed("alongside.people.families.models", "alongside.people.persons.models")
    assert not _allowed("alongside.people.persons.models", "alongside.people.families.models")
    assert not _allowed("alongside.foundation.audit.models", "alongside.people.persons.models")
    assert not _allowed("alongside.foundation.work.models", "alongside.foundation.delivery.models")


@each_of_ours
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    targets = {
        field.related_model.__module__
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field.related_model, type)
    }
    up = [target for target in targets if target.startswith("alongside.") and not _allowed(model.__module__, target)]
    assert up == []


def test_migrations_depend_downwards() -> None:
    rooms = {apps.get_app_config(name.removeprefix("alongside.").replace(".", "_")).label: name for name in ROOMS}
    wrong = [
        f"{label}.{name} depends on {parent}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        for parent, _parent_name in [*migration.dependencies, *migration.run_before]
        if label in rooms and parent in rooms and not _allowed(rooms[label], rooms[parent])
    ]
    assert wrong == []


def test_every_room_says_what_it_is_for() -> None:
    silent = [name for name in ROOMS if not (import_module(name).__doc__ or "").strip()]
    assert silent == []


def test_every_folder_of_a_wing_is_a_room() -> None:
    folders = {
        ".".join(path.parent.relative_to(PROJECT_FOLDER).parts)
        for path in Path(PROJECT_FOLDER / "alongside").glob("*/*/apps.py")
    }
    folders |= {"alongside.synthetic"} & set(ROOMS)
    assert folders == set(ROOMS)


def test_rooms_are_listed_lowest_first() -> None:
    wrong = [f"{before} stands before {after}" for before, after in pairwise(ROOMS) if _strictly_above(before, after)]
    assert wrong == []


def _strictly_above(upper: str, lower: str) -> bool:
    return not _allowed(lower, upper) and _allowed(upper, lower)
