from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contact_messages', '0005_cases_written_to'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='stoppedaddress',
            name='messages_lifted_for_a_reason',
        ),
        migrations.RemoveField(
            model_name='stoppedaddress',
            name='lifted_why',
        ),
        migrations.AddConstraint(
            model_name='stoppedaddress',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='messages_lifted_by_someone'),
        ),
    ]
