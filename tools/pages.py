"""Every page that can be opened by its address alone: for the pictures (`tools.screens`) and for the browser tests."""

OPEN = {
    "landing": "/",
    "lookup-absent": "/?number=K7QF-2M9X-TDD",
    "lookup-nonsense": "/?number=service@example.org",
    "check": "/check/",
    "sign-in": "/sign-in/",
    "sign-up": "/sign-up/",
    "reset": "/password/",
    "locked": "/locked/",
    "closed": "/closed/",
    "lock-refused": "/lock/no-such-link/",
    "missing": "/nothing-here/",
    "style": "/style/",
    "outbox": "/outbox/",
}
"""For anybody."""
SIGNED_IN = {
    "security": "/security/",
    "profile": "/profile/",
    "messages": "/messages/",
    "code": "/security/code/",
    "code-field": "/security/code/?step=field",
    "password": "/security/password/",
    "authenticator": "/security/authenticator/",
    "passkeys": "/security/passkeys/",
    "passkey-add": "/security/passkeys/add/",
    "recovery-codes": "/security/recovery-codes/",
    "identification": "/identification/",
    "consent-withdraw": "/identification/consent/withdraw/",
    "history": "/security/history/",
    "lock-settings": "/security/lock/",
    "data": "/security/data/",
    "close": "/security/close/",
    "sign-out": "/sign-out/",
}
"""For a customer; those that begin with a fresh proof ask for it."""
