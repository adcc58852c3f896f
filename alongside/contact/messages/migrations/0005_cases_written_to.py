from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def add_cases_written_to(apps, schema_editor):
    """What waits to be sorted may come from any case from which its sender was ever written to."""
    using = schema_editor.connection.alias
    reply = apps.get_model("contact_messages", "Reply").objects.using(using)
    outgoing = apps.get_model("contact_messages", "Outgoing").objects.using(using)
    for row in reply.filter(person=None, settled="").exclude(sender="").iterator():
        written_to = outgoing.filter(address_digest=row.sender_digest).values_list("person", flat=True)
        row.cases = sorted({*row.cases, *written_to})
        row.save(update_fields=["cases"])


class Migration(migrations.Migration):

    dependencies = [
        ('contact_messages', '0004_early_receipts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reply',
            name='cases',
            field=ArrayField(base_field=models.UUIDField(), blank=True, default=list, help_text='Cases on which its sender stood, or had been written to, as it came', size=None),
        ),
        migrations.RunPython(add_cases_written_to, migrations.RunPython.noop),
    ]
