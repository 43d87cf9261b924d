"""Addresses of the signed-in pages; `urls` gives them the name space `accounts`."""

from django.urls import path

from echt.accounts.views import (
    closing,
    code,
    factors,
    history,
    locking,
    passkeys,
    password,
    profile,
    recovery,
    security,
    sessions,
)

urlpatterns = [
    path("security/", security.security, name="security"),
    path("security/code/", code.code, name="code"),
    path("security/code/shown/", code.reveal, name="code_reveal"),
    path("security/password/", password.password, name="password"),
    path("security/authenticator/", factors.authenticator, name="authenticator"),
    path("security/authenticator/add/", factors.add_authenticator, name="authenticator_add"),
    path("security/authenticator/remove/", factors.remove_authenticator, name="authenticator_remove"),
    path("security/passkeys/", passkeys.passkeys, name="passkeys"),
    path("security/passkeys/add/", passkeys.add, name="passkey_add"),
    path("security/passkeys/<int:pk>/remove/", passkeys.remove, name="passkey_remove"),
    path("security/recovery-codes/", recovery.recovery_codes, name="recovery_codes"),
    path("security/sessions/end/", sessions.end, name="session_end"),
    path("security/sessions/end-others/", sessions.end_others, name="sessions_end_others"),
    path("security/history/", history.history, name="history"),
    path("security/lock/", locking.settings, name="lock_settings"),
    path("security/data/", closing.data, name="data"),
    path("security/close/", closing.close, name="close"),
    path("profile/", profile.profile, name="profile"),
    path("lock/<str:link>/", locking.lock, name="lock"),
]
