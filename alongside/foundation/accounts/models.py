"""Who someone is when they sign in, and what kind of database this is."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import AppendOnly, Editable


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case, so that one person has one account."""

    def create_user(self, *, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, Editable):
    """Someone who signs in. What they may do is not here: rights come from roles, roles from a member's posts."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, help_text="As colleagues know them")
    delius_username = models.CharField(max_length=60, blank=True, help_text="Their name in the system of record")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Raised to end every session of this user at once"
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    classification = classed(
        plain="id version is_active created_at last_login last_seen_at password session_epoch",
        personal="email name delius_username",
    )
    keeping: ClassVar[Keeping] = Keeping(rule="staff_account")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_lower_case")
        ]

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must match to stay alive: a new password or a raised epoch ends every session."""
        return salted_hmac(
            "alongside.foundation.accounts.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class Invitation(Editable):
    """A link that works once, by which a new user sets their first password. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    classification = classed(
        plain="id version user token_digest made_by made_at expires_at used_at withdrawn_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None),
                name="accounts_invitation_used_or_withdrawn",
            ),
            models.UniqueConstraint(
                "user",
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="accounts_invitation_one_open",
            ),
        ]


class ExternalIdentity(Editable):
    """Who a user is at a sign-in provider: its name for itself and its unchanging name for them."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version user issuer linked_at", personal="subject")
    keeping: ClassVar[Keeping] = Keeping(rule="staff_account")

    class Meta:
        constraints = [
            models.UniqueConstraint("issuer", "subject", name="accounts_identity_subject_once"),
            models.UniqueConstraint("issuer", "user", name="accounts_identity_user_once"),
        ]


class KeptForm(Editable):
    """What someone had typed when their session ended: sealed, shown to them alone, and gone within a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    content = models.BinaryField(help_text="Sealed: names and values, never a password or a code")
    files_lost = models.BooleanField(default=False)
    kept_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id version user kept_at files_lost", personal="path", sensitive="content")
    keeping: ClassVar[Keeping] = Keeping(rule="kept_form")

    class Meta:
        indexes = [models.Index(fields=["user", "-kept_at"], name="accounts_kept_form_user")]


class CastMember(Editable):
    """Someone whom a visitor to the demo may be. Written with the invented people, and used nowhere else."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=120, help_text="What they are, in a few words")
    to_try = models.CharField(max_length=300, help_text="One thing to try as them")
    position = models.PositiveSmallIntegerField(default=0)

    classification = classed(plain="id version user role to_try position")

    class Meta:
        ordering = ["position", "id"]


class DatabaseMark(AppendOnly):
    """The birth mark of a database that was filled with invented people. At most one row, never altered.

    Without it there is no demo sign-in, however the product is started.
    """

    SYNTHETIC = "synthetic"

    kind = models.CharField(max_length=20, unique=True)
    seed = models.BigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    classification = classed(plain="id kind seed made_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind="synthetic"), name="accounts_mark_synthetic_only")
        ]
