"""Django's settings, derived from `config.Settings`. Nothing here is for an operator to edit."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from echt.site.config import Settings
from echt.site.secret import secret_key

ECHT = Settings()
DATA = ECHT.data.absolute()
ORIGIN = urlsplit(ECHT.web.origin)
SECURE = ORIGIN.scheme == "https"

SECRET_KEY = secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = [ORIGIN.hostname or "127.0.0.1", *ECHT.web.hosts]
ROOT_URLCONF = "echt.site.urls"
WSGI_APPLICATION = "echt.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "echt.vault.apps.VaultConfig",
    "echt.audit.apps.AuditConfig",
    "echt.work.apps.WorkConfig",
    "echt.ui.apps.UiConfig",
    "echt.mail.apps.MailConfig",
    "echt.accounts.apps.AccountsConfig",
    "echt.identity.apps.IdentityConfig",
    "echt.wallets.apps.WalletsConfig",
    "echt.holds.apps.HoldsConfig",
    "echt.desk.apps.DeskConfig",
    "echt.api.apps.ApiConfig",
    "echt.site.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "echt.ui.middleware.ResponseHeaders",
    "echt.api.door.ApiDoor",
    "csp.middleware.CSPMiddleware",
    "echt.ui.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "echt.ui.middleware.ClosedByDefault",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "echt.ui.middleware.ReaderLanguage",
    "echt.ui.middleware.ReaderZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "echt.accounts.middleware.SessionLifetime",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "echt.ui.middleware.Limits",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "echt.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "echt.ui.templatetags.ui"],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Django's description of the database that a URL names; SQLite in the data folder where there is none."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "echt.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("ECHT_DATABASE_URL must begin with postgresql://, or be empty for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 5},
    }


DATABASES = {"default": _database(ECHT.database.url.get_secret_value())}

# Limits and used codes must be shared by all processes: never local memory (`accounts.checks`).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "echt_cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "vision"]}}

LANGUAGE_CODE = ECHT.web.language
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "echt.ui.static_files.Storage"}}
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": ECHT.accounts.password},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "echt.accounts.passwords.BreachedValidator"},
    {"NAME": "echt.accounts.passwords.ContextValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:security"
SESSION_ENGINE = "echt.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_AGE = 60 * 60 * ECHT.accounts.absolute
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "echt.ui.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = [ECHT.web.origin]
LANGUAGE_COOKIE_NAME = "language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_ADAPTER = "echt.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "alias"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_LOGIN_BY_CODE_REQUIRED = {"password"}  # the adapter asks for it on an unknown device only
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip,6/h/key"}  # nobody's mailbox is to be flooded
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "echt.accounts.forms.SignInForm",
    "signup": "echt.accounts.forms.SignUpForm",
    "reset_password": "echt.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "echt.accounts.forms.NewPasswordForm",
    "confirm_login_code": "echt.accounts.forms.ConfirmCodeForm",
    "confirm_email_verification_code": "echt.accounts.forms.ConfirmAddressForm",
    "confirm_password_reset_code": "echt.accounts.forms.ConfirmResetForm",
}
MFA_ADAPTER = "echt.accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are ours: each one hashed
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_TOLERANCE = 0
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_FORMS = {
    "authenticate": "echt.accounts.forms.SecondFactorForm",
    "reauthenticate": "echt.accounts.forms.SecondFactorForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ECHT.web.proxies

# Headers ------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SECURE and not ECHT.web.proxies
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ECHT.web.proxies else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LOGGING_CONFIG = None  # `echt.site.logs` sets it up once, before Django starts
SILENCED_SYSTEM_CHECKS: list[str] = []
