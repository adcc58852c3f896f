"""Anchors: the heads of every chain, signed, to be kept where the owner of the database cannot reach them."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import transaction
from django.utils import timezone

from alongside.foundation.audit.models import Head, Seal

VERSION = 1


class AnchorError(Exception):
    """An anchor that cannot be trusted, with what to do about it."""


@dataclass(frozen=True)
class Anchor:
    """Where every chain ended at a moment, and the last seal: positions and digests of 32 bytes."""

    made_at: datetime
    heads: dict[UUID, tuple[int, bytes]]
    seal: tuple[int, bytes] | None

    @property
    def events(self) -> int:
        """How many events the chains held."""
        return sum(position for position, _ in self.heads.values())

    def body(self) -> bytes:
        """The text that is signed: the same for the same anchor, byte for byte."""
        return json.dumps(
            {
                "version": VERSION,
                "made_at": self.made_at.isoformat(),
                "events": self.events,
                "heads": {
                    str(chain): [position, digest.hex()] for chain, (position, digest) in sorted(self.heads.items())
                },
                "seal": None if self.seal is None else [self.seal[0], self.seal[1].hex()],
            },
            sort_keys=True,
        ).encode()


def current_anchor() -> Anchor:
    """The chains as they end now, in one unchanging picture."""
    with transaction.atomic():
        last = Seal.objects.order_by("-id").first()
        return Anchor(
            made_at=timezone.now(),
            heads={row.chain: (row.position, bytes(row.digest)) for row in Head.objects.all().iterator(10_000)},
            seal=None if last is None else (last.pk, bytes(last.digest)),
        )


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key at `path`, made there if none is, readable by its owner alone."""
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(
                key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
        return key
    loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise AnchorError(f"{path} holds another kind of key. Give an Ed25519 private key in PEM form.")
    return loaded


def signed(anchor: Anchor, key: Ed25519PrivateKey) -> bytes:
    """The anchor as a file: its body, signature and public key."""
    body = anchor.body()
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return json.dumps(
        {
            "anchor": body.decode(),
            "sha256": sha256(body).hexdigest(),
            "signature": key.sign(body).hex(),
            "public_key": public.hex(),
        }
    ).encode()


def opened(content: bytes, *, public_key: str | None = None) -> Anchor:
    """The anchor in a file, if its signature holds. Raises AnchorError where it does not.

    `public_key`, in hexadecimal, is the key that must have signed; without it any key will do, which proves only that
    the file is whole.
    """
    try:
        envelope = json.loads(content)
        body = envelope["anchor"].encode()
        key = public_key or envelope["public_key"]
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(envelope["signature"]), body)
        facts = json.loads(body)
        seal = facts["seal"]
        return Anchor(
            made_at=datetime.fromisoformat(facts["made_at"]),
            heads={
                UUID(chain): (position, bytes.fromhex(digest)) for chain, (position, digest) in facts["heads"].items()
            },
            seal=None if seal is None else (seal[0], bytes.fromhex(seal[1])),
        )
    except InvalidSignature:
        raise AnchorError(
            "The anchor's signature does not hold: the file was altered, or another key signed it. Use another copy."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise AnchorError("This is no anchor. Give the file that `alongside audit export-anchor` wrote.") from None
