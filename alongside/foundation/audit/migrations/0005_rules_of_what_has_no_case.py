"""Retention rules for what belongs to no case: it goes by itself, since no case takes it along."""

from uuid import UUID

from django.db import migrations

RULES = [
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1005",
        "told_without_case",
        "What we were told that was never placed with a case",
        "The day on which it was decided",
        24,
        "Proportionality: nobody under supervision was found for it; complaints are kept as long, so that they can be reviewed",
    ),
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1006",
        "danger_without_case",
        "What was shared in danger, or refused at the desk, without a case",
        "The day on which it was shared or refused",
        24,
        "Accountability for a disclosure made in an emergency; confirm against the current schedule",
    ),
]


def add(apps, schema_editor):
    rule = apps.get_model("foundation_audit", "RetentionRule")
    for id_, code, title, begins, months, source in RULES:
        rule.objects.using(schema_editor.connection.alias).get_or_create(
            code=code,
            defaults={"id": UUID(id_), "title": title, "begins": begins, "months": months, "source": source},
        )


class Migration(migrations.Migration):
    dependencies = [("foundation_audit", "0004_first_retention_rules")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
