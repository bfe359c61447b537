import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import get_resolver

from audit.note import Signer
from config.settings import (
    BASE_DIR,
    envbool,
    envint,
    envlist,
    kept_secret,
    newest_version,
)


def run_python(program, **environment):
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("word", "means"), [("1", True), ("Yes", True), ("off", False)]
)
def test_a_switch_is_read(monkeypatch, word, means):
    monkeypatch.setenv("HTTPS", word)
    assert envbool("HTTPS", not means) is means


@pytest.mark.parametrize("word", ["ja", "2", "是"])
def test_a_switch_that_says_neither_yes_nor_no_is_refused(monkeypatch, word):
    monkeypatch.setenv("HTTPS", word)
    with pytest.raises(ImproperlyConfigured, match="HTTPS"):
        envbool("HTTPS", False)


@pytest.mark.parametrize("digits", ["-1", "ten", "1.5", "²"])
def test_a_number_that_is_none_is_refused(monkeypatch, digits):
    monkeypatch.setenv("PROXIES", digits)
    with pytest.raises(ImproperlyConfigured, match="PROXIES"):
        envint("PROXIES", 0)


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("PROXIES", "")
    assert envint("PROXIES", 3) == 3


def test_a_list_is_read(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,")
    assert envlist("ALLOWED_HOSTS", "") == ["a.example", "b.example"]


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path):
    file = tmp_path / "var" / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(kept_secret, [file] * 16))
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_the_version_is_the_newest_of_the_changelog(tmp_path):
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## 1.4.0\n\n## 1.3.9\n")
    assert newest_version(changelog) == "1.4.0"
    changelog.write_text("# Changelog\n")
    with pytest.raises(ImproperlyConfigured):
        newest_version(changelog)


def test_importing_the_settings_starts_nothing(tmp_path):
    program = "import config.settings, config.wsgi, config.urls"
    result = run_python(program, VAR_DIR=str(tmp_path), DATABASE_URL="")
    assert result.returncode == 0, result.stderr
    made = {file.name for file in tmp_path.iterdir()}
    assert made <= {"secret_key", "log_key", "broker"}


def test_a_wrong_environment_is_told_at_once():
    result = run_python("import config.settings", DEBUG="perhaps")
    assert result.returncode == 1
    assert "DEBUG 应为 1 或 0" in result.stderr


def test_the_language_does_not_follow_the_browser():
    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE
    assert settings.LANGUAGE_CODE == "zh-hans"


def test_no_page_of_viewflow_is_mounted():
    assert not [name for name in settings.MIDDLEWARE if "viewflow" in name]
    mounted = str(get_resolver().reverse_dict) + str(get_resolver().namespace_dict)
    assert "viewflow" not in mounted


A_LOG = Signer.generate("log.example/log")
WRONG_KEYS = {
    "no key": ({"LOG_KEY": "hunter2"}, "LOG_KEY"),
    "its public half": ({"LOG_KEY": str(A_LOG.verifier)}, "LOG_KEY"),
    "a private key among the former": (
        {"LOG_KEY": A_LOG.secret, "LOG_FORMER_KEYS": A_LOG.secret},
        "LOG_FORMER_KEYS",
    ),
    "another name": (
        {"LOG_KEY": A_LOG.secret, "LOG_ORIGIN": "other.example/log"},
        "log.example/log",
    ),
    "a former key of another log": (
        {
            "LOG_KEY": A_LOG.secret,
            "LOG_FORMER_KEYS": str(Signer.generate("b.example").verifier),
        },
        "log.example/log",
    ),
}


@pytest.mark.parametrize(("environment", "told"), WRONG_KEYS.values(), ids=WRONG_KEYS)
def test_a_key_with_which_no_log_goes_on_is_refused(environment, told):
    result = run_python("import config.settings", **environment)
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert told in last
    assert "PRIVATE" not in result.stderr


def test_the_log_bears_the_name_it_is_given_on_the_first_run(tmp_path):
    program = "from config.settings import LOG_KEY; print(LOG_KEY)"
    given = {"VAR_DIR": str(tmp_path), "LOG_ORIGIN": "log.example/log", "LOG_KEY": ""}
    first, again = (run_python(program, **given).stdout for _ in range(2))
    assert first == again
    assert Signer.parse(first).name == "log.example/log"
