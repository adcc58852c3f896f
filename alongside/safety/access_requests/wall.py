"""The gate: the only way by which whoever answers a request reads what stands behind the wall, once they opened it.

The database looks for an opening of this very request by this very user, and gives a record out as it stands. What is
so far behind the wall that not even its number may show (`uncounted`) has no gate.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from alongside.foundation.access.rights import Right
from alongside.foundation.records.models import Record
from alongside.foundation.records.walls import ERASING, register_wall_function, walled_models
from alongside.people.allocations.wall import in_post
from alongside.safety.access_requests.gathering import Found, kind_of, parts_of

HOURS_OPEN = 8


def behind_the_wall(request_id: UUID) -> Iterator[Found]:
    """A mark for each record behind the wall that belongs to a request, and nothing of what it holds."""
    models = {model._meta.label: model for model in gated_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT label, source FROM access_rows_behind(%s)", [request_id])
        for label, source in cursor.fetchall():
            yield Found(
                model=label,
                source=source,
                kind=kind_of(models[label]),
                dated=None,
                parts=(),
                file=None,
                guarded=True,
                withheld=True,
            )


def read_through_gate(request_id: UUID, label: str, source: UUID) -> Any:
    """The parts of a record behind the wall; None while the gate is shut."""
    model = {one._meta.label: one for one in gated_models()}.get(label)
    if model is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_read_behind(%s, %s, %s)", [request_id, label, source])
        row = cursor.fetchone()
    if not row or row[0] is None:
        return None
    values = orjson.loads(row[0]) if isinstance(row[0], str) else row[0]
    return parts_of(_as_row(model, values))


def gated_models() -> list[type[Record]]:
    """Models behind the wall that a gate leads to."""
    return [model for model in walled_models() if model.wall is not None and not model.wall.uncounted]


def _as_row(model: type[Record], values: dict[str, Any]) -> Record:
    fields = model._meta.concrete_fields
    return model(**{field.attname: field.to_python(values[field.column]) for field in fields if field.column in values})


def register() -> None:
    """Tell the wall's builder of the gate, table by table."""
    register_wall_function("access_rows_behind", _rows_function())
    register_wall_function("access_read_behind", _read_function())


def _belongs(model: type[Record]) -> str:
    """Whether a row belongs to the case, or to the family member, of the request."""
    keeping = model.keeping
    of_case = _any_of(model, keeping.person if keeping else "", "of_case")
    of_member = _any_of(model, keeping.family_member if keeping else "", "of_member")
    return f"CASE WHEN of_member IS NULL THEN {of_case} ELSE {of_member} END"


def _any_of(model: type[Record], paths: str, whose: str) -> str:
    fields = [model._meta.pk if path == "self" else model._meta.get_field(path) for path in paths.split()]
    return " OR ".join(f'v."{field.column}" = {whose}' for field in fields) or "false"  # type: ignore[union-attr]


def _rows_function() -> str:
    """Which rows there are, by id: for whoever may answer requests."""
    branches = ""
    for model in gated_models():
        branches += f"""
    PERFORM set_config('{ERASING}', '{model._meta.db_table}', true);
    RETURN QUERY SELECT '{model._meta.label}'::text, v.id FROM {model._meta.db_table} v
        WHERE {_belongs(model)} ORDER BY v.id;"""
    return f"""
CREATE OR REPLACE FUNCTION access_rows_behind(the_request uuid) RETURNS TABLE (label text, source uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    of_case uuid;
    of_member uuid;
BEGIN
    IF NOT {in_post(Right.ANSWER_ACCESS_REQUESTS)} THEN
        RETURN;
    END IF;
    SELECT r.person_id, r.family_member INTO of_case, of_member
        FROM safety_access_requests_accessrequest r WHERE r.id = the_request;
    IF of_case IS NULL OR NOT wall_case_is_open(of_case) THEN
        RETURN;
    END IF;{branches}
    PERFORM set_config('{ERASING}', '', true);
END $$
"""


def _read_function() -> str:
    """One row as it stands: for whoever opened the gate of this request within the last hours."""
    branches = ""
    for model in gated_models():
        branches += f"""
    IF the_label = '{model._meta.label}' THEN
        PERFORM set_config('{ERASING}', '{model._meta.db_table}', true);
        SELECT to_jsonb(v) INTO found FROM {model._meta.db_table} v
            WHERE v.id = the_source AND {_belongs(model)};
    END IF;"""
    return f"""
CREATE OR REPLACE FUNCTION access_read_behind(the_request uuid, the_label text, the_source uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    of_case uuid;
    of_member uuid;
    found jsonb;
BEGIN
    IF NOT {in_post(Right.ANSWER_ACCESS_REQUESTS)} OR NOT EXISTS (
        SELECT 1 FROM safety_access_requests_gateopening g
        WHERE g.request = the_request AND g.opened_by = wall_asker()
          AND g.opened_at > now() - interval '{HOURS_OPEN} hours')
    THEN
        RETURN NULL;
    END IF;
    SELECT r.person_id, r.family_member INTO of_case, of_member
        FROM safety_access_requests_accessrequest r WHERE r.id = the_request;
    IF of_case IS NULL OR NOT wall_case_is_open(of_case) THEN
        RETURN NULL;
    END IF;{branches}
    PERFORM set_config('{ERASING}', '', true);
    RETURN found;
END $$
"""
