"""Who sees the pages of the ground floor: accounts, wording, long work and the language."""

from typing import Any
from uuid import UUID

from tests.pages import FORBIDDEN, HIDDEN, OPEN, PUBLIC, Page, World

NOBODY: frozenset[str] = frozenset()
ADMINISTRATOR = frozenset({"administrator"})
EDITOR = frozenset({"editor"})
SIGNED_OUT = frozenset({"anonymous", "closed"})
NO_ROW = UUID(int=7)
NO_PAGE = dict.fromkeys(SIGNED_OUT, HIDDEN)


def colleague(world: World) -> list[Any]:
    return [world.cast.colleague.pk]


def nothing(world: World) -> list[Any]:
    return [NO_ROW]


PAGES = [
    Page("ui:language", PUBLIC, args=lambda world: ["cy"], answer=302, browse=False),
    Page("jobs:progress", NOBODY, args=nothing, browse=False),
    Page("jobs:cancel", NOBODY, args=nothing, method="post", browse=False),
    Page("content:help", PUBLIC),
    Page("content:privacy", PUBLIC),
    Page("content:accessibility", PUBLIC),
    Page("editorial:items", EDITOR, refusal=FORBIDDEN),
    Page("editorial:item", EDITOR, refusal=FORBIDDEN, args=lambda world: ["pages.help"]),
    Page("editorial:edit", EDITOR, refusal=FORBIDDEN, args=lambda world: ["pages.help", "cy"]),
    Page("editorial:approve", EDITOR, refusal=FORBIDDEN, args=lambda world: ["pages.help", "cy", 1]),
    Page("accounts:provider", NOBODY, exceptions=NO_PAGE, browse=False),
    Page("accounts:provider_return", NOBODY, exceptions=NO_PAGE, browse=False),
    Page("accounts:start_again", PUBLIC, method="post", answer=302, browse=False),
    Page("accounts:signed_out", PUBLIC, answer=302, browse=False),
    Page("accounts:invitation", NOBODY, refusal=409, args=lambda world: ["no-such-token"], browse=False),
    Page("accounts:reset_password", PUBLIC),
    Page("accounts:reset_sent", PUBLIC),
    Page("accounts:reset_with_key", PUBLIC, answer=302, args=lambda world: ["nobody", "no-key"], browse=False),
    Page("accounts:account", OPEN),
    Page("accounts:change_password", OPEN),
    Page("accounts:sign_out_elsewhere", OPEN, method="post", answer=302, browse=False),
    Page("accounts:second_factor", OPEN),
    Page("accounts:add_app", OPEN, answer=302, browse=False),
    Page("accounts:add_passkey", OPEN, answer=302, browse=False),
    Page("accounts:remove_factor", OPEN, answer=302, args=lambda world: [1], browse=False),
    Page("accounts:recovery_codes", OPEN, answer=302, browse=False),
    Page("accounts:session", PUBLIC, browse=False),
    Page("accounts:extend_session", OPEN, method="post", answer=302, browse=False),
    Page("accounts:keep_form", PUBLIC, method="post", browse=False),
    Page("accounts:kept_form", NOBODY, args=nothing, browse=False),
    Page("accounts:discard_kept_form", OPEN, answer=302, args=nothing, method="post", browse=False),
    Page("accounts:demo", NOBODY, exceptions=NO_PAGE, browse=False),
    Page("accounts:become", NOBODY, exceptions=NO_PAGE, args=nothing, method="post", browse=False),
    Page("accounts:accounts", ADMINISTRATOR),
    Page("accounts:invite", ADMINISTRATOR),
    Page("accounts:one_account", ADMINISTRATOR, args=colleague),
    Page("accounts:send_link", ADMINISTRATOR, args=colleague, method="post", browse=False),
    Page("accounts:close_account", ADMINISTRATOR, args=colleague),
    Page("accounts:reset_second_factors", ADMINISTRATOR, answer=302, args=colleague, method="post", browse=False),
    Page("accounts:end_all_sessions", ADMINISTRATOR, answer=302, args=colleague, method="post", browse=False),
    Page("account_login", SIGNED_OUT, refusal=302),
    Page("mfa_authenticate", PUBLIC, answer=302, browse=False),
    Page("mfa_login_webauthn", PUBLIC, answer=302, browse=False),
    Page("account_inactive", PUBLIC, answer=403),
    Page("account_logout", PUBLIC, method="post", answer=302, browse=False),
    Page("account_reauthenticate", OPEN),
    Page("mfa_reauthenticate", OPEN, answer=302, browse=False),
    Page("mfa_reauthenticate_webauthn", OPEN, answer=302, browse=False),
]
