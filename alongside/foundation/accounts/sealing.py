"""Text that only this service can read: second-factor secrets, and what someone had typed when their session ended."""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBrokenError(ValueError):
    """What was sealed cannot be read: it was altered, or the key it was sealed with is gone."""


def seal(text: str, *, purpose: str) -> str:
    """Encrypt `text`. What is sealed for one purpose cannot be opened for another."""
    return _keys(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Read what `seal` wrote. Raises SealBrokenError."""
    try:
        return _keys(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).decrypt(sealed).decode()
    except InvalidToken as error:
        raise SealBrokenError("This was altered, or SECRET_KEY has changed since it was sealed.") from error


@lru_cache(maxsize=32)
def _keys(purpose: str, secret: str, fallbacks: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(purpose, key)) for key in (secret, *fallbacks)])


def _derive(purpose: str, secret: str) -> bytes:
    if not secret:
        raise SealBrokenError("SECRET_KEY is not set.")
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"alongside.accounts.{purpose}".encode())
    return base64.urlsafe_b64encode(key.derive(secret.encode()))
