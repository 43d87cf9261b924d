"""The mails of accounts, each a kind with its typed context."""

from echt.accounts.mails.account import AccountClosed, AccountLocked, SettingsLocked
from echt.accounts.mails.code import CodeChanged, CodeTest
from echt.accounts.mails.entrance import AlreadyRegistered, ConfirmAddress, ConfirmDevice, ResetPassword
from echt.accounts.mails.kind import Kind
from echt.accounts.mails.notice import Notice
from echt.accounts.mails.sign_in import (
    AppAdded,
    AppRemoved,
    NewDevice,
    PasskeyAdded,
    PasskeyRemoved,
    PasswordChanged,
    PasswordReset,
    RecoveryCodesMade,
    RecoveryCodeUsed,
)

__all__ = [
    "AccountClosed",
    "AccountLocked",
    "AlreadyRegistered",
    "AppAdded",
    "AppRemoved",
    "CodeChanged",
    "CodeTest",
    "ConfirmAddress",
    "ConfirmDevice",
    "Kind",
    "NewDevice",
    "Notice",
    "PasskeyAdded",
    "PasskeyRemoved",
    "PasswordChanged",
    "PasswordReset",
    "RecoveryCodeUsed",
    "RecoveryCodesMade",
    "ResetPassword",
    "SettingsLocked",
]
