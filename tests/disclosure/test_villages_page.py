"""Finding a village."""

from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext

from tests.disclosure.reading import plain
from villages.divisions import load
from villages.models import Village

pytestmark = pytest.mark.django_db

ADDRESS = "/villages/"


@pytest.fixture
def county(db):
    load()


def test_every_village_stands_under_its_township(county, public):
    html = public.get(ADDRESS).content.decode()
    assert html.count('<li><a href="/villages/14') == 250
    after = html.split('<h2 id="t140724200">李家庄乡</h2>')[1].split("<h2")[0]
    assert '<a href="/villages/140724200205/">王家山村</a>' in after
    assert 'href="#t140724200"' in html


@pytest.mark.parametrize("words", ["王家山", "王家岭", "李家庄乡", "140724200205"])
def test_a_village_is_found_by_name_old_name_township_and_code(county, read, words):
    Village.objects.filter(slug="140724200205").update(aliases=["王家岭村"])
    assert "王家山村" in read(ADDRESS, q=words)


def test_what_was_not_asked_for_is_left_out(county, read):
    words = read(ADDRESS, q="王家山")
    assert "找到1个村" in words
    assert "大寨村" not in words


@pytest.mark.parametrize("words", ["没有这个村", "%", "'", "\x00", "王" * 300])
def test_nothing_found_says_what_to_do(county, public, words):
    response = public.get(ADDRESS, {"q": words})
    assert response.status_code == 200
    if words.strip("\x00"):
        assert "没有找到" in plain(response.content.decode())


def test_a_merged_village_is_found_by_its_name_only(county, read):
    into = Village.objects.get(slug="140724200205")
    Village.objects.filter(name="胡峪村").update(successor=into)
    assert "胡峪村" not in read(ADDRESS)
    assert "胡峪村已并入王家山村" in read(ADDRESS, q="胡峪")


def test_a_service_without_villages_says_so(read):
    assert "还没有登记村" in read(ADDRESS)


def test_the_number_of_queries_does_not_grow(county, public, django_assert_num_queries):
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as all_of_them:
        public.get(ADDRESS)
    with django_assert_num_queries(len(all_of_them)):
        public.get(ADDRESS, {"q": "王家山"})
    assert len(all_of_them) == 1
