"""The retention rule of what the help desk writes down in words: no case takes it along."""

from uuid import UUID

from django.db import migrations


def add(apps, schema_editor):
    rule = apps.get_model("foundation_audit", "RetentionRule")
    rule.objects.using(schema_editor.connection.alias).get_or_create(
        code="desk_without_case",
        defaults={
            "id": UUID("7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1007"),
            "title": "Questions that the help desk handed on, and advice that did not agree",
            "begins": "The day on which it was asked or flagged",
            "months": 12,
            "source": "Proportionality: general words for a team; what was asked stays as codes, which name nobody",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("foundation_audit", "0005_rules_of_what_has_no_case")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
