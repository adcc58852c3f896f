"""The job that sends messages is declared beside what it does."""

from alongside.foundation.delivery import sending

__all__ = ["sending"]
