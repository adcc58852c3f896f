from django.db import migrations

CREATE = """
CREATE TABLE django_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    """The table of Django's database cache. It counts sign-in attempts, so every process has to see the same one."""

    dependencies = [("foundation_accounts", "0002_accounts")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE django_cache")]
