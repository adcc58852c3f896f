"""Values as they go into a payload: JSON that a person can read years later."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return str(value.pk)
        return super().default(value)


def as_json(values: Mapping[str, Any]) -> str:
    """`values` as JSON text with sorted keys; dates in ISO form, rows as their ids."""
    return json.dumps(values, cls=_Encoder, ensure_ascii=False, sort_keys=True)
