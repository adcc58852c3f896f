"""The words of a family member's view are found with those of the contact that it came with."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.comparison
from django.db import migrations, models

KEEP_IN_STEP = """
CREATE FUNCTION contact_log_words_of_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE contact_log_contact
       SET view_words = CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_tsvector('simple', NEW.view) END
     WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.contact_id ELSE NEW.contact_id END;
    RETURN NULL;
END $$;

CREATE TRIGGER words_of_view AFTER INSERT OR DELETE OR UPDATE OF view ON contact_log_familyview
    FOR EACH ROW EXECUTE FUNCTION contact_log_words_of_view();

UPDATE contact_log_contact SET view_words = to_tsvector('simple', v.view)
  FROM contact_log_familyview v WHERE v.contact_id = contact_log_contact.id;
"""
LET_GO = """
DROP TRIGGER words_of_view ON contact_log_familyview;
DROP FUNCTION contact_log_words_of_view();
"""
WORDS = models.GeneratedField(
    db_persist=True,
    expression=models.Func(
        django.contrib.postgres.search.SearchVector('heard', 'shared', 'agency', 'next_step', config='simple'),
        django.db.models.functions.comparison.Coalesce(
            'view_words',
            django.db.models.functions.comparison.Cast(
                models.Value(''), django.contrib.postgres.search.SearchVectorField()
            ),
            output_field=django.contrib.postgres.search.SearchVectorField(),
        ),
        arg_joiner=' || ',
        template='(%(expressions)s)',
    ),
    output_field=django.contrib.postgres.search.SearchVectorField(),
)


class Migration(migrations.Migration):

    dependencies = [
        ('contact_log', '0006_newest_first'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='contact', name='log_contacts_by_word'),
        migrations.RemoveField(model_name='contact', name='words'),
        migrations.AddField(
            model_name='contact',
            name='view_words',
            field=django.contrib.postgres.search.SearchVectorField(
                editable=False,
                help_text='The words of the view that came with it: the database keeps them so',
                null=True,
            ),
        ),
        migrations.RunSQL(KEEP_IN_STEP, LET_GO),
        migrations.AddField(model_name='contact', name='words', field=WORDS),
        migrations.AddIndex(
            model_name='contact',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='log_contacts_by_word'),
        ),
    ]
