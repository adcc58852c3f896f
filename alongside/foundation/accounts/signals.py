"""What happens to accounts, told to the rooms above (the trail is one of them).

Every signal is sent inside the transaction of what it tells, so that a receiver that fails takes the change back. Each
carries `user`, and, where there is one, `by` (who did it) and `request`.
"""

from django.dispatch import Signal

signed_in = Signal()
"""`user`, `request`, `method` (a SignInMethod)."""

sign_in_failed = Signal()
"""`user` (None where the address is not known), `address` (as typed), `request`, `reason` (a SignInFailure)."""

signed_out = Signal()
"""`user`, `request`."""

session_expired = Signal()
"""`user_id`, `request`, `reason` (a SessionEnd)."""

signed_out_everywhere = Signal()
"""`user`, `by`."""

factor_added = Signal()
"""`user`, `by`, `kind` (totp, webauthn or recovery_codes)."""

factor_removed = Signal()
"""`user`, `by`, `kind`."""

password_changed = Signal()
"""`user`, `by`, `how` (a PasswordChange)."""

identity_linked = Signal()
"""`user`, `issuer`."""

user_invited = Signal()
"""`user`, `by`: an account was made, or a new link was sent."""

user_deactivated = Signal()
"""`user`, `by`, `reason`."""

user_reactivated = Signal()
"""`user`, `by`, `reason`."""
