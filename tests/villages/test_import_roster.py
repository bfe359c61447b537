from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from villages import rosters
from villages.models import Household, Resident, Seat

HEADING = "姓名,性别,出生日期,户号,小组,政治面貌,集体成员,在村居住,电话,任职"
ZHAO = "赵大,男,1970-03-05,1,一组,正式党员,是,是,13800000000,支部书记、村委会委员"
QIAN = "钱二,女,1975/3/5,1,一组,,是,否,,村民代表"
SUN = "孙三,男,1980-12-31,2,二组,预备党员,否,,,村监委主任"


@pytest.fixture
def bring(village, tmp_path, capsys):
    """Imports a table; returns what was answered and the exit code."""

    def bring(*rows: str, encoding: str = "utf-8", content: bytes = b""):
        file = tmp_path / "名册.csv"
        file.write_bytes(content or "\r\n".join(rows).encode(encoding))
        code = 0
        try:
            call_command("import_roster", village.slug, str(file), "--json")
        except CommandError as error:
            code = error.returncode
        return code, json.loads(capsys.readouterr().out)

    return bring


def nothing_was_written() -> bool:
    return not (Resident.objects.exists() or Household.objects.exists())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_register_comes_in_whole(bring, village, encoding):
    code, answer = bring(HEADING, ZHAO, QIAN, "", SUN, ",,,,,,,,,", encoding=encoding)
    assert code == 0
    assert answer == {
        "ok": True,
        "errors": [],
        "residents": 3,
        "households": 2,
        "seats": 4,
    }
    zhao = village.residents.get(name="赵大")
    assert (zhao.born, zhao.party, zhao.phone) == (
        date(1970, 3, 5),
        "full",
        "13800000000",
    )
    assert not village.residents.get(name="钱二").lives_here
    assert village.residents.get(name="孙三").lives_here
    assert village.households.get(number="2").group_name == "二组"
    chairs = Seat.objects.filter(capacity="chair")
    assert {seat.body.kind for seat in chairs} == {"branch", "supervisors"}


def test_what_came_in_makes_rosters(bring, village):
    bring(HEADING, ZHAO, QIAN, SUN)
    assert rosters.compile(village, "joint", on=date(2100, 1, 1)).eligible == 1
    assert rosters.compile(village, "party", on=date(2100, 1, 1)).eligible == 1


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (",男,1970-03-05,1,一组,,,,,", ["请填写姓名。"]),
        ("李四2,男,1970-03-05,1,一组,,,,,", ["姓名不能有数字。"]),
        ("李四,公,1970-03-05,1,一组,,,,,", ["性别只能是男、女。"]),
        ("李四,男,5/3/1970,1,一组,,,,,", ["出生日期要写成 1970-03-20 这样。"]),
        ("李四,男,1970-02-30,1,一组,,,,,", ["出生日期要写成 1970-03-20 这样。"]),
        (
            "李四,男,2199-01-01,1,一组,,,,,",
            ["出生日期要在一百二十年之内，不能晚于今天。"],
        ),
        ("李四,男,1970-03-05,,一组,,,,,", ["请填写户号。"]),
        ("李四,男,1970-03-05,1,一组,,,也许,,", ["在村居住只能是是、否。"]),
        ("李四,男,1970-03-05,1,一组,,,,一三八,", ["电话只能是数字和“+”“-”。"]),
        ("李四,男,1970-03-05,1,二组,,,,,", ["户号1的小组和第 2 行不一样。"]),
        ("赵大,男,1970-03-05,1,一组,,,,,", ["赵大在第 2 行已经有了。"]),
        ("李四,男,1970-03-05,1,一组", ["有 5 格，表头有 10 格。"]),
        (
            "李四,男,1970-03-05,1,一组,,,,,支部书记",
            ["党支部委员会的负责人在第 2 行已经有了。"],
        ),
        (
            "李四,男,1970-03-05,1,一组,,,,,村委会委员、村监委委员",
            ["任职有误，村民委员会成员不得担任村务监督机构成员。"],
        ),
        (
            "李\x00四,男,1970-03-05,1,一组,,,,,",
            ["姓名里有换行或者看不见的符号，请重新输入。"],
        ),
        (
            "李四,男,1970-03-05,2,二\u200b组,,,,,",
            ["小组里有换行或者看不见的符号，请重新输入。"],
        ),
        (
            "李四,男,1970-03-05,140724197003051234,一组,,,,14072419700305123X,",
            [
                "户号像是身份证号，名册不收身份证号，请删去。",
                "电话只能是数字和“+”“-”。",
            ],
        ),
        (
            "李四,男,1970-03-05,1,一组,,,,140724197003051234,",
            ["电话像是身份证号，名册不收身份证号，请删去。"],
        ),
        (
            "李四,,1970-13-05,,一组,,,,,",
            ["请填写性别。", "出生日期要写成 1970-03-20 这样。", "请填写户号。"],
        ),
    ],
)
def test_one_bad_row_keeps_the_whole_register_out(bring, row, errors):
    code, answer = bring(HEADING, ZHAO, row)
    assert code == 2
    assert answer["ok"] is False
    assert answer["errors"] == [{"row": 3, "error": error} for error in errors]
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("heading", "error"),
    [
        (f"{HEADING},身份证号", "不认识“身份证号”这一列，请删去。"),
        ("姓名,性别,户号", "缺少“出生日期”这一列。"),
        (f"{HEADING},姓名", "“姓名”这一列出现了两次。"),
    ],
)
def test_columns_are_named_as_expected(bring, heading, error):
    code, answer = bring(heading, ZHAO)
    assert (code, answer["errors"]) == (2, [{"row": 1, "error": error}])


@pytest.mark.parametrize(
    ("content", "row", "error"),
    [
        (b"\x00\xff\xfe\x81", 0, "认不出文字，请另存为“CSV UTF-8”再传。"),
        (b" ", 1, "缺少“姓名、性别、出生日期、户号”这一列。"),
        (HEADING.encode(), 0, "表格里没有人。"),
        (f'{HEADING}\n"赵'.encode(), 2, "引号或逗号有误，这一行读不下去。"),
    ],
)
def test_what_is_no_table_is_refused(bring, content, row, error):
    code, answer = bring(content=content)
    assert (code, answer["errors"]) == (2, [{"row": row, "error": error}])
    assert nothing_was_written()


def test_all_errors_are_told_at_once_and_in_order(bring):
    _code, answer = bring(HEADING, "李四,男,明天,1,一组,,,,,", ZHAO, f"{ZHAO},多")
    assert [fault["row"] for fault in answer["errors"]] == [2, 4]


def test_a_second_import_adds_and_repeats_nobody(bring, village):
    bring(HEADING, ZHAO)
    code, answer = bring(HEADING, ZHAO, SUN)
    assert (code, village.residents.count()) == (2, 1)
    errors = [fault["error"] for fault in answer["errors"]]
    assert errors == [
        "赵大已经在本村名册里了。",
        "党支部委员会现在有负责人，请先登记离任。",
    ]
    code, answer = bring(HEADING, QIAN)
    assert (code, answer["households"]) == (0, 0)
    _code, answer = bring(HEADING, "周七,男,1970-03-05,1,二组,,,,,")
    assert answer["errors"] == [{"row": 2, "error": "户号1已登记在一组。"}]


def test_without_json_people_read_sentences(village, tmp_path, capsys):
    file = tmp_path / "名册.csv"
    file.write_text(f"{HEADING}\n,男,1970-03-05,1,一组,,,,,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="整份没有写入，改好再传。") as refusal:
        call_command("import_roster", village.slug, str(file))
    assert refusal.value.returncode == 2
    assert capsys.readouterr().err == "第 2 行：请填写姓名。\n"
    file.write_text(f"{HEADING}\n{ZHAO}\n", encoding="utf-8")
    call_command("import_roster", village.slug, str(file))
    assert capsys.readouterr().out == "已写入：1 人，1 户，2 个席位。\n"


def test_a_day_that_is_none_is_refused_in_our_words(village, tmp_path):
    file = str(tmp_path / "名册.csv")
    with pytest.raises(CommandError, match=r"日期要写成 2026-01-01 这样。"):
        call_command("import_roster", village.slug, file, "--since=2026-02-30")


def test_village_and_file_must_be_there(village, tmp_path, capsys):
    for slug, error in (("nowhere", "没有编号是 nowhere 的村。"), (village.slug, "")):
        with pytest.raises(CommandError) as refusal:
            call_command("import_roster", slug, str(tmp_path / "没有.csv"))
        assert refusal.value.returncode == 2
        assert error in capsys.readouterr().err
