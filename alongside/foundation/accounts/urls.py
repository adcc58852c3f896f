"""Addresses of accounts. allauth finds its pages by names without a namespace; everything else is in `accounts`."""

from django.urls import URLPattern, URLResolver, include, path

from alongside.foundation.accounts.views import demo, factors, manage, passwords, provider, sessions, sign_in

_own: list[URLPattern | URLResolver] = [
    path("sign-in/provider/", provider.leave, name="provider"),
    path("sign-in/provider/return/", provider.come_back, name="provider_return"),
    path("sign-in/start-again/", sign_in.start_again, name="start_again"),
    path("signed-out/", provider.signed_out, name="signed_out"),
    path("invitation/<str:token>/", passwords.invitation, name="invitation"),
    path("password/", passwords.reset, name="reset_password"),
    path("password/sent/", passwords.reset_sent, name="reset_sent"),
    path("password/<str:user_key>/<str:key>/", passwords.reset_with_key, name="reset_with_key"),
    path("account/", sessions.account, name="account"),
    path("account/password/", passwords.change, name="change_password"),
    path("account/sign-out-elsewhere/", sessions.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("account/second-factor/", factors.second_factor, name="second_factor"),
    path("account/second-factor/app/", factors.add_app, name="add_app"),
    path("account/second-factor/passkey/", factors.add_passkey_page, name="add_passkey"),
    path("account/second-factor/<int:factor_id>/remove/", factors.remove, name="remove_factor"),
    path("account/recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("session/", sessions.state, name="session"),
    path("session/extend/", sessions.extend, name="extend_session"),
    path("session/keep/", sessions.keep, name="keep_form"),
    path("session/kept/<uuid:kept_id>/", sessions.kept_form, name="kept_form"),
    path("session/kept/<uuid:kept_id>/discard/", sessions.discard, name="discard_kept_form"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<uuid:member_id>/", demo.become, name="become"),
    path("accounts/", manage.accounts, name="accounts"),
    path("accounts/invite/", manage.invite, name="invite"),
    path("accounts/<uuid:user_id>/", manage.one_account, name="one_account"),
    path("accounts/<uuid:user_id>/link/", manage.send_link, name="send_link"),
    path("accounts/<uuid:user_id>/close/", manage.close, name="close_account"),
    path("accounts/<uuid:user_id>/reset-second-factors/", manage.reset_second_factors, name="reset_second_factors"),
    path("accounts/<uuid:user_id>/end-sessions/", manage.end_all_sessions, name="end_all_sessions"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_own, "accounts"))),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/second-step/", sign_in.second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("sign-in/closed/", sign_in.inactive, name="account_inactive"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/confirm/", sign_in.confirm_by_password, name="account_reauthenticate"),
    path("account/confirm/code/", sign_in.confirm_by_code, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", sign_in.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
]
