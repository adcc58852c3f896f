"""The retention rules that a new installation begins with. A service changes them to its own schedule as data."""

from uuid import UUID

from django.db import migrations

RULES = [
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1001",
        "case",
        "A case",
        "The day on which supervision ended",
        72,
        "Probation records policy, commonly six years after supervision; confirm against the current schedule",
    ),
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1002",
        "family_member",
        "A family member",
        "The day on which the person stopped naming them, or supervision ended, whichever is sooner",
        12,
        "Proportionality: relatives are not under supervision, so what is kept of them goes sooner",
    ),
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1003",
        "audit_payload",
        "Personal values in the trail",
        "With the case or family member that they belong to",
        72,
        "Section 62 of the Data Protection Act 2018; emptied with the case, never sooner than its own erasure",
    ),
    (
        "7a1f6d0e-3f57-4f0c-9a52-0c8b5d0a1004",
        "staff_account",
        "A staff account",
        "The day on which the account was closed",
        84,
        "Accountability for decisions made while it was open; confirm against the current schedule",
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
    dependencies = [("foundation_audit", "0003_retention_rule")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
