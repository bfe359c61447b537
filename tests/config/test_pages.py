import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model

pytestmark = pytest.mark.django_db


def test_the_browser_is_told_what_it_may_load(client):
    answer = client.get("/health/")
    policy = answer["Content-Security-Policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]


def test_the_admin_shows_our_rows_and_changes_none(rf):
    request = rf.get("/admin/")
    request.user = get_user_model()(is_superuser=True, is_staff=True)
    assert admin.site._registry
    for model, form in admin.site._registry.items():
        assert not form.has_add_permission(request), model
        assert not form.has_change_permission(request), model
        assert not form.has_delete_permission(request), model


@pytest.fixture
def clerk():
    return get_user_model().objects.create_user("clerk", password="right")


def sign_in(client, password, username="clerk", address="192.0.2.1"):
    given = {"username": username, "password": password}
    return client.post(settings.LOGIN_URL, given, REMOTE_ADDR=address)


def test_five_wrong_passwords_lock_that_name_at_that_address(client, clerk):
    for _ in range(5):
        answer = sign_in(client, "wrong")
    assert answer.status_code == 429
    assert sign_in(client, "right").status_code == 429

    assert sign_in(client, "right", address="192.0.2.2").status_code == 302
    get_user_model().objects.create_user("director", password="right")
    assert sign_in(client, "right", username="director").status_code == 302


def test_four_wrong_passwords_do_not_lock(client, clerk):
    for _ in range(4):
        assert sign_in(client, "wrong").status_code == 200
    assert sign_in(client, "right").status_code == 302
