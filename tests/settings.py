"""The product's settings, with what tests may do faster. The database's address is set when its cluster is up."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "for tests alone")
# Playwright keeps an event loop in the main thread, where tests also use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from alongside.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"alongside-test-files-{os.getpid()}"
LOGGING = {
    **LOGGING,  # noqa: F405
    # Refusals are what most tests ask for: a thousand of them printed would bury the one line that says what failed.
    "loggers": {**LOGGING["loggers"], "django.request": {"level": "ERROR"}},  # noqa: F405
}
