from __future__ import annotations

import pytest
from django.urls import reverse

from villages.models import User

RIGHT, WRONG = "sixu-demo", "sixu-guess"
SENTENCE = "连错五次要等十五分钟，可以请乡镇帮您重设密码。"


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@140724200205", password=RIGHT)


def sign_in(client, password, username="clerk@140724200205", **more):
    return client.post(
        reverse("sign_in"), {"username": username, "password": password, **more}
    )


def test_the_addresses_are_fixed():
    assert reverse("sign_in") == "/sign-in/"
    assert reverse("sign_out") == "/sign-out/"


def test_the_right_password_leads_to_the_worklist(client, clerk):
    answer = sign_in(client, RIGHT)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_who_was_going_somewhere_gets_there_and_nowhere_else(client, clerk):
    assert sign_in(client, RIGHT, next="/matters/").url == "/matters/"
    client.post(reverse("sign_out"))
    assert sign_in(client, RIGHT, next="https://example.org/").url == "/"


@pytest.mark.parametrize("username", ["clerk@140724200205", "nobody"])
def test_a_wrong_password_and_a_wrong_account_read_the_same(client, clerk, username):
    answer = sign_in(client, WRONG, username)
    assert answer.status_code == 200
    [error] = answer.context["form"].non_field_errors()
    assert error == f"账号或密码不对。{SENTENCE}"
    assert SENTENCE in answer.content.decode()


def test_empty_fields_are_asked_for(client, db):
    form = sign_in(client, "", username="").context["form"]
    assert form.errors == {"username": ["请填写账号。"], "password": ["请填写密码。"]}


def test_the_dismissed_do_not_come_in(client, clerk):
    User.objects.update(is_active=False)
    answer = sign_in(client, RIGHT)
    assert answer.context["form"].non_field_errors() == [f"账号或密码不对。{SENTENCE}"]
    assert "_auth_user_id" not in client.session


def test_five_failures_lock_even_the_right_password_out(client, clerk):
    statuses = [sign_in(client, WRONG).status_code for _five in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    answer = sign_in(client, RIGHT)
    assert answer.status_code == 429
    assert SENTENCE in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_elses_failures_lock_nobody_out(client, clerk):
    for _five in range(5):
        sign_in(client, WRONG, username="director@140724200205")
    assert sign_in(client, RIGHT).status_code == 302


def test_a_success_forgets_failures(client, clerk):
    for _four in range(4):
        sign_in(client, WRONG)
    assert sign_in(client, RIGHT).status_code == 302
    client.post(reverse("sign_out"))
    assert sign_in(client, WRONG).status_code == 200


def test_signing_out_needs_more_than_a_link(client, clerk):
    sign_in(client, RIGHT)
    assert client.get(reverse("sign_out")).status_code == 405
    assert "_auth_user_id" in client.session
    answer = client.post(reverse("sign_out"))
    assert (answer.status_code, answer.url) == (302, "/")
    assert "_auth_user_id" not in client.session
