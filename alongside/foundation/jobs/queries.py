"""Reads of long work."""

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from alongside.foundation.jobs.models import JobProgress


def progress_or_404(user: AbstractBaseUser | AnonymousUser, progress_id: UUID) -> JobProgress:
    """The work, for the one who asked for it; for anyone else there is none."""
    found = JobProgress.objects.filter(pk=progress_id, started_by=user.pk).first() if user.is_active else None
    if found is None:
        raise Http404
    return found
