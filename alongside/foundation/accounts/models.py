"""Who someone is when they sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from alongside.foundation.records.classification import Keeping, classed
from alongside.foundation.records.models import Editable


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

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    classification = classed(
        plain="id version is_active created_at last_login last_seen_at password",
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
