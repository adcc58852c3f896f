"""What higher rooms tell this one. Nothing registered means no: no one manages accounts, and there is no demo."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from alongside.foundation.accounts.models import User

ManagesAccounts = Callable[[User], bool]
UnmarkedPeople = Callable[[], "QuerySet[Any]"]

_manages_accounts: list[ManagesAccounts] = []
_unmarked_people: list[UnmarkedPeople] = []


def register_account_managers(predicate: ManagesAccounts) -> None:
    """Say who may invite, deactivate and reset others. The last word wins."""
    _manages_accounts[:] = [predicate]


def may_manage_accounts(user: User) -> bool:
    """May this user manage the accounts of others?"""
    return any(predicate(user) for predicate in _manages_accounts)


def register_unmarked_people(queryset: UnmarkedPeople) -> None:
    """Give the people who do not carry the synthesiser's mark: rows of someone's real life. Several rooms may."""
    if queryset not in _unmarked_people:
        _unmarked_people.append(queryset)


def unmarked_people() -> "list[QuerySet[Any]] | None":
    """Every registered queryset of real people, or None where no room can tell, which must be read as "perhaps"."""
    return [queryset() for queryset in _unmarked_people] or None
