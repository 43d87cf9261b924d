"""The kinds of mail that accounts sends."""

from enum import StrEnum


class Kind(StrEnum):
    """A kind of mail, as `subject.what_happened`; the value is stored, so it is never renamed."""

    CONFIRM_ADDRESS = "account.confirm_address"
    ALREADY_REGISTERED = "account.already_registered"
    CONFIRM_DEVICE = "security.confirm_device"
    RESET_PASSWORD = "security.reset_password"  # noqa: S105
    NEW_DEVICE = "security.new_device"
    PASSWORD_CHANGED = "security.password_changed"  # noqa: S105
    PASSWORD_RESET = "security.password_reset"  # noqa: S105
    APP_ADDED = "security.app_added"
    APP_REMOVED = "security.app_removed"
    PASSKEY_ADDED = "security.passkey_added"
    PASSKEY_REMOVED = "security.passkey_removed"
    RECOVERY_CODES_MADE = "security.recovery_codes_made"
    RECOVERY_CODE_USED = "security.recovery_code_used"
    CODE_CHANGED = "security.code_changed"
    CODE_TEST = "security.code_test"
    ACCOUNT_LOCKED = "security.account_locked"
    SETTINGS_LOCKED = "security.settings_locked"
    ACCOUNT_CLOSED = "account.closed"
