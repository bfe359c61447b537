"""The admin: for a superuser, to look and to change nothing; for nobody else at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.workflows import harmless
from tests.workflows.everywhere import nothing_written
from tests.world import world as world  # noqa: PLC0414
from villages.models import User
from workflows.stage import Stage

LISTED, ADDED, OF_A_ROW = "changelist", "add", ("change", "history", "delete")
# What a POST might try on each kind of page.
CHANGES = {
    "_save": "1",
    "post": "yes",
    "action": "delete_selected",
    "_selected_action": ["1"],
    "is_superuser": "on",
    "is_staff": "on",
    "stage": "archived",
    "form-TOTAL_FORMS": "0",
    "form-INITIAL_FORMS": "0",
}


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the admin, with what is done there."""
    for name in ("index", "autocomplete", "jsi18n", "password_change"):
        yield reverse(f"admin:{name}"), name
    for app in {model._meta.app_label for model in admin.site._registry}:
        yield reverse("admin:app_list", args=[app]), "index"
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.order_by("pk").first()
        yield reverse(f"{name}_{LISTED}"), LISTED
        yield reverse(f"{name}_{ADDED}"), ADDED
        for what in OF_A_ROW if row else ():
            yield reverse(f"{name}_{what}", args=[row.pk]), what


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("root", password="a long one indeed")


def test_whoever_holds_an_office_is_sent_away(world: Any) -> None:
    """The village, its township, its county: none of them is staff."""
    world.matter_at(Stage.PROPOSED)
    assert not User.objects.filter(is_staff=True).exists()
    assert not User.objects.filter(is_superuser=True).exists()
    clients = [Client(), browser(world.clerk)]
    with nothing_written():
        for url, _what in addresses():
            for client in clients:
                for answer in (client.get(url), client.post(url, CHANGES)):
                    assert answer.status_code == 302
                    assert answer["Location"] == f"/admin/login/?next={url}"


def test_staff_without_being_superuser_sees_no_row(world: Any) -> None:
    world.matter_at(Stage.PROPOSED)
    staff = User.objects.create(username="staff", is_staff=True)
    client = browser(staff)
    assert "/admin/villages/" not in client.get("/admin/").content.decode()
    with nothing_written():
        for url, what in addresses():
            if what in (LISTED, ADDED, *OF_A_ROW):
                assert client.get(url).status_code == 403, url
                assert client.post(url, CHANGES).status_code == 403, url


def test_a_superuser_looks_and_changes_nothing(world: Any, superuser: User) -> None:
    world.matter_at(Stage.PROPOSED)
    client = browser(superuser)
    with nothing_written():
        for url, what in addresses():
            answer = client.get(url)
            wanted = 403 if what in (ADDED, "delete", "autocomplete") else 200
            assert answer.status_code == wanted, url
            harmless.told_to_the_browser(answer)
            if what not in ("jsi18n", "autocomplete"):
                harmless.kept_by(answer, anybody=False)
            assert answer["Content-Type"] != "text/html" or answer.content
        for url, what in addresses():
            if what in (ADDED, "change", "delete"):
                assert client.post(url, CHANGES).status_code == 403, url
            elif what != "password_change":
                assert client.post(url, CHANGES).status_code in (200, 302, 403, 405)


def test_no_password_is_shown(world: Any, superuser: User) -> None:
    html = browser(superuser).get(f"/admin/villages/user/{superuser.pk}/change/")
    assert superuser.password not in html.content.decode()
    assert "algorithm" not in html.content.decode()


@pytest.mark.parametrize("name", ["字" * 300, "a" * 10_000, "root' --", "a\x00b"])
def test_nobody_comes_in_by_a_strange_name(superuser: User, name: str) -> None:
    client = Client()
    given = {"username": name, "password": "a long one indeed"}
    with nothing_written():
        assert client.post("/admin/login/", given).status_code == 200
    assert "_auth_user_id" not in client.session


def test_who_signs_in_there_goes_nowhere_else(superuser: User) -> None:
    client = Client()
    given = {"username": "root", "password": "a long one indeed"}
    url = "/admin/login/?next=https://example.org/"
    assert client.post(url, given)["Location"] == "/"
