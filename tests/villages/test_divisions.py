from __future__ import annotations

from villages import divisions
from villages.models import Division, Village


def test_the_county_has_250_units_in_eleven_townships(db):
    assert divisions.load() == 250
    kinds = Village.objects.values_list("kind", flat=True)
    assert [*kinds].count("village") == 231
    assert [*kinds].count("neighbourhood") == 19
    assert Division.objects.filter(level="township").count() == 11
    assert Division.objects.get(level="county").name == "昔阳县"


def test_a_village_knows_its_township_and_county(db, django_assert_num_queries):
    divisions.load()
    Division.objects.filter(level="county").update(overlay="demo-county")
    Village.objects.filter(code="140724200205").update(overlay="wangjiashan")
    villages = Village.objects.select_related("division__parent")
    with django_assert_num_queries(1):
        village = villages.get(slug="140724200205")
        assert village.name == "王家山村"
        assert village.division.name == "李家庄乡"
        assert village.overlays == ("demo-county", "wangjiashan")


def test_loading_again_leaves_what_people_have_set(db):
    divisions.load()
    Division.objects.filter(code="140724").update(overlay="demo-county")
    village = Village.objects.get(slug="140724200205")
    village.aliases, village.name = ["王家山"], "旧名"
    village.save()
    assert divisions.load() == 250
    village.refresh_from_db()
    assert (village.name, village.aliases) == ("王家山村", ["王家山"])
    assert Division.objects.get(code="140724").overlay == "demo-county"
    assert Village.objects.count() == 250


def test_names_are_as_people_say_them():
    said = {
        "王家山村村委会": "王家山村",
        "杜家村村民委员会": "杜家村",
        "上兰村民委员会": "上兰村",
        "东蒲村委会": "东蒲村",
        "胡窝社区居民委员会": "胡窝社区",
        "园区社区": "园区社区",
    }
    assert {name: divisions.spoken(name) for name in said} == said
