"""The eyes of these tests see what they should: they were shown bad pages once."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOOD = "<p style='font-size:18px'>公示不用登录就能看。</p>"
BAD = {
    "scrolls sideways": "<p style='font-size:18px;width:500px'>太宽</p>",
    "17 px": "<p style='font-size:17px'>太小</p>",
    "30 px high": "<button style='font-size:18px;height:30px'>太矮</button>",
    "color-contrast": "<p style='font-size:18px;color:#aaa'>太淡</p>",
    "label:": "<input style='font-size:18px;height:60px'>",
}


@pytest.fixture
def page_of(new_context):
    context = new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        is_mobile=True,
    )
    page = context.new_page()

    def show(body):
        page.set_content(
            "<!doctype html><html lang=zh-CN><meta name=viewport "
            f"content='width=device-width'><title>看</title><main>{body}</main>"
        )
        return page

    return show


def read(eyes, page):
    eyes.look(page)
    eyes.finish()


def test_a_good_page_passes(eyes, page_of):
    read(eyes, page_of(GOOD))


@pytest.mark.parametrize(("said", "body"), BAD.items(), ids=BAD)
def test_a_bad_page_does_not(eyes, page_of, said, body):
    with pytest.raises(AssertionError, match=said):
        read(eyes, page_of(body))
