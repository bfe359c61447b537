"""A sitting of the representatives as villages hold them, each with a telephone.

Nineteen belong to the body, so that thirteen must come: twelve representatives with
telephones and the chair. The clerk sits at a wide screen, two supervisors listen.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import make_password

from audit import clock, sequencer
from tests.browser.conftest import DESK, PASSWORD, SLUG
from tests.papers import pages_of
from tests.scanning import codes_on
from tests.tampering import verified
from tests.workflows.sitting_steps import convened
from tests.world import lived_in
from villages import cast as casting
from villages.models import Body, Office, Resident, User
from workflows.models import Sitting
from workflows.stage import Stage
from workflows.views import now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.paper,
    pytest.mark.scan,
    pytest.mark.django_db(transaction=True),
]

SIZES = {"reps": {"total": 19, "committee": 3, "women": 7}}
REPS = [f"rep{n:02}" for n in range(1, 13)]
TITLES = ("村口道路误工补贴", "文化广场修缮误工补贴", "清淤灌渠误工补贴")
TEXT = "误工补贴每人每天一百二十元，按出工登记发放，名单公布十五日。"
RECEIPT = re.compile(r"\w{4}-\w{4}-\w{3}")
HANDS = "举手表决：先问赞成，再问反对，其余记弃权"
NAMED = "记名表决：各人在手机上选，逐人记录，会后可查"
SECRET = "无记名电子表决：各人在手机上选，谁选什么查不到"
LAW = "依据《中华人民共和国村民委员会组织法》（2025年修正）第三十条第二款"


@pytest.fixture
def world(transactional_db):
    """Three matters wait for the representatives, twelve of whom have accounts."""
    with lived_in(**SIZES) as built:
        give_accounts(built)
        casting.let_in(built.cast, make_password(PASSWORD))
        built.matters = [
            built.matter_at(Stage.REVIEWED, title=title, text=TEXT) for title in TITLES
        ]
        yield built


def give_accounts(world) -> None:
    """To representatives who have none, in the order of the register."""
    body = Body.objects.get(village=world.village, kind=Body.Kind.REPS)
    without = Resident.objects.filter(seats__body=body, users=None).order_by("pk")
    for account, resident in zip(REPS[1:], without, strict=False):
        user = User.objects.create(
            username=f"{account}@{SLUG}", full_name=resident.name, resident=resident
        )
        Office.objects.create(
            holder=user,
            village=world.village,
            role=Office.Role.REP,
            since=clock.today() - timedelta(days=30),
        )
        world.cast.users[account] = user


@pytest.fixture
def often(monkeypatch):
    """Screens ask every second what is new, so that nobody waits five."""
    monkeypatch.setattr(now, "EVERY", 1)


@pytest.mark.usefixtures("often")
def test_from_the_notice_to_the_minutes(world, someone, one_of_many, tmp_path):
    people = Room(someone, one_of_many, tmp_path)
    call_together(people.clerk)
    the_packet(people.clerk)
    wait_for_the_day()
    too_few_come(people)
    call_again(people.clerk)
    enough_come(people)
    by_hands(people)
    by_name(people)
    one_leaves(people)
    one_comes_late(people)
    in_secret(people)
    what_became_of_it(people)
    the_minutes(people.clerk)
    the_record_is_in_order()


class Room:
    """Who is there, each with a browser of their own; and the screen on the wall."""

    def __init__(self, someone, one_of_many, folder) -> None:
        self.clerk = someone("clerk", scripts=True, window=DESK)
        self.chair = someone("director", scripts=True)
        self.witness = someone("supervisor1", scripts=True)
        self.listener = one_of_many("supervisor2")
        self.reps = [someone("rep01", scripts=True), *map(one_of_many, REPS[1:])]
        # On a machine of its own: the window behind another one hardly moves.
        self.screen = one_of_many("clerk", scripts=True, window=DESK)
        self.picture = folder / "screen.png"

    def code(self) -> str:
        """Where the square leads that stands on the screen, as a telephone reads it."""
        return code_on(self.screen, self.picture)

    def come(self, *people) -> None:
        """Each scans what is on the screen, and says that it is them."""
        address = self.code()
        for person in people:
            person.open(address).press("签到").reads("已签到")


def code_on(screen, picture) -> str:
    screen.page.locator(".qr").screenshot(path=picture)
    (address,) = codes_on(picture)
    return address.removeprefix(screen.home)


def the_sitting() -> Sitting:
    return Sitting.objects.latest("pk")


def minutes_later(minutes: int, seconds: int = 0) -> None:
    clock.move(clock.now() + timedelta(minutes=minutes, seconds=seconds))


# -- before ---------------------------------------------------------------------------


def call_together(clerk):
    clerk.open().follow("请召集村代会决议").follow("发会议通知")
    clerk.choose(*TITLES[1:]).press("发会议通知")
    clerk.reads("通知已生成，请打印资料袋并通知到人", *TITLES)
    tell_everybody(clerk)


def tell_everybody(clerk):
    clerk.follow("登记通知情况").choose("电话").press("登记通知情况")
    clerk.reads("已登记，未通知到 0 人", "已经通知，等开会。")


def the_packet(clerk):
    """One file with everything that is carried into the room."""
    pages = pages_of(clerk.keep("打印会议资料袋"))
    assert "网络不通也能开会" in pages[0]
    for words in ("会议的通知", "送达登记", "签到册", "表决票", "计票单", "会议记录"):
        assert any(words in page for page in pages), words
    assert all(title in pages[1] for title in TITLES)


def wait_for_the_day():
    clock.move(the_sitting().held_at)


# -- the first time -------------------------------------------------------------------


def too_few_come(people):
    clerk, reps = people.clerk, people.reps
    clerk.open().follow("今天开会")
    people.screen.open(clerk.path).follow("签到码").reads("请扫码签到")
    a_code_does_not_last(people)
    people.come(people.chair, *reps[:3])

    missing = "组成人员 19 人，至少要到 13 人，现到会 4 人，还差 9 人。"
    clerk.waits_for(missing).reads(missing, LAW, "三分之二以上（含本数）")
    people.screen.waits_for(missing)
    clerk.follow("宣布流会").reads(missing, LAW).press("宣布流会")
    clerk.reads(
        "已记为流会，可以直接“再次召集”",
        "应到 19 人，到会 4 人，未达到法定人数（至少 13 人），会议没有开成",
        missing,
        LAW,
    )
    reps[0].open(clerk.path).reads("流会", missing, LAW)


def a_code_does_not_last(people):
    """It changes by itself, and the one before is soon worth nothing."""
    first = people.code()
    minutes_later(0, seconds=28)
    people.screen.open(people.screen.path)
    minutes_later(0, seconds=3)
    people.screen.sees_change(".qr")
    assert people.code() != first
    minutes_later(1)
    late = people.reps[0].open(first, status=409)
    late.reads("二维码已经换了，请重新扫屏幕上的。")
    people.screen.open(people.screen.path)


# -- the second time ------------------------------------------------------------------


def call_again(clerk):
    clerk.follow("再次召集").press("发会议通知").reads(*TITLES)
    tell_everybody(clerk)
    wait_for_the_day()


def enough_come(people):
    """Exactly thirteen, each by the code; the supervisors listen."""
    clerk = people.clerk
    people.screen.open(clerk.path).follow("签到码")
    people.come(people.chair, *people.reps)
    enough = "应到 19 人，到会 13 人，达到规定人数（至少 13 人），可以表决。"
    clerk.waits_for(enough).reads(enough)
    for name in ("孙建国", "孙玉梅"):
        listens(clerk, name)
    clerk.follow("签到").follow("代表14", "缺席").choose("外出").press("登记缺席")
    clerk.reads("已登记代表14缺席").follow("回到会议")
    clerk.reads("代表14（外出）", "孙建国（村务监督委员会成员）")


def listens(clerk, name):
    clerk.follow("列席").fill(姓名=name).choose("村务监督委员会成员")
    clerk.press("登记列席").reads(f"已登记{name}列席").follow("回到会议")


def by_hands(people):
    clerk = people.clerk
    clerk.choose(HANDS).press("开始表决").reads("表决已开始")
    clerk.fill(赞成="11", 反对="1").press("录入票数")
    clerk.reads("已录入，待监票人核对")
    witness_and_announce(people, 11)


def witness_and_announce(people, votes_for):
    """The second person presses, and the clerk's page follows by itself."""
    people.witness.open().follow("请核对票数").follow("监票确认").press("监票确认")
    people.clerk.waits_for("的票数已经核对，请宣布结果").press("宣布结果")
    people.clerk.reads("已宣布", verdict(votes_for))


def verdict(votes_for, present=13):
    return (
        f"组成人员 19 人，到会 {present} 人，达到三分之二以上（至少 13 人）；"
        f"赞成 {votes_for} 票，超过到会人员的半数（至少 7 票），通过。{LAW}。"
    )


def by_name(people):
    clerk, chair, reps = people.clerk, people.chair, people.reps
    clerk.choose(NAMED).press("开始表决").reads("13 人可以投票，已经收到 0 票")
    people.screen.open(people.screen.path).reads("正在表决，宣布结果以后再签到。")
    chair.open(clerk.path).follow("我要表决")
    votes(chair, "赞成")
    for rep in reps[:9]:
        casts(rep, "赞成")
    casts(reps[9], "反对")
    casts(reps[10], "反对")
    casts(reps[11], "弃权")
    clerk.waits_for("13 人可以投票，已经收到 13 票")
    chair.open(clerk.path).follow("结束表决").reads("人人都投过了。").press("结束表决")
    witness_and_announce(people, 10)


def casts(rep, choice):
    """From what one owes; the receipt."""
    return votes(rep.open().follow("等您表决"), choice)


def votes(person, choice):
    person.reads(TEXT).press(choice).reads("请核对", choice).press(f"确定，投{choice}")
    (receipt,) = RECEIPT.findall(person.reads("您的票已经收到").text)
    return receipt


def one_leaves(people):
    """Before the clerk presses: what comes is not put to the vote, what was stands."""
    clerk, chair = people.clerk, people.chair
    desk = clerk.path
    clerk.open(f"{desk}3/open/").choose(SECRET)
    chair.open(desk).follow("登记离会").choose("代表12").press("登记离会")
    missing = "至少要到 13 人，现到会 12 人，还差 1 人。"
    chair.reads("代表12离会，现在到会 12 人。", missing)
    clerk.press("开始表决", status=422).reads("暂不能开始表决", missing, LAW)
    clerk.open(desk).reads(
        "人数不够，剩下的议题不能表决。等人回来，或者散会。",
        "离会后，到会降为 12 人，本项不能表决；已表决的前 2 项仍然有效。",
    )


def one_comes_late(people):
    """Who has no telephone signs with a finger, and there are enough again."""
    clerk = people.clerk
    clerk.follow("签到").follow("代表13", "签名").draws().press("签好了")
    clerk.reads("代表13已签到").follow("回到会议")
    clerk.reads("应到 19 人，到会 13 人，达到规定人数（至少 13 人），可以表决。")


def in_secret(people):
    clerk, chair, reps = people.clerk, people.chair, people.reps
    clerk.choose(SECRET).press("开始表决").reads("13 人可以投票，已经收到 0 票")
    assert "等您表决" not in reps[11].open().text
    people.receipt = casts(reps[0], "赞成")
    for rep in reps[1:7]:
        casts(rep, "赞成")
    casts(reps[7], "反对")
    votes(chair.open(clerk.path).follow("我要表决"), "弃权")
    chair.open(clerk.path).follow("结束表决")
    chair.reads("还有 4 人没有投。结束以后不能再投，按没有收回计算。")
    chair.press("结束表决")
    witness_and_announce(people, 7)


# -- after ----------------------------------------------------------------------------


def what_became_of_it(people):
    first = people.reps[0]
    first.open("/vote/receipt/").fill(回执号=people.receipt).press("查")
    first.reads("这张票已经计入")
    first.open(people.clerk.path).reads("会议已经结束。", *map(verdict, (11, 10, 7)))
    people.listener.open(people.clerk.path).reads("代表12", *TITLES)


def the_minutes(clerk):
    text = "".join(pages_of(clerk.keep("会议记录")))
    for said in map(verdict, (11, 10, 7)):
        assert said.replace(" ", "") in text
    for words in (
        "应到19人",
        "代表14（外出）",
        "代表12",
        "孙建国",
        "孙玉梅",
        "记名表决",
        "无记名电子表决",
    ):
        assert words in text, words


def the_record_is_in_order():
    sequencer.sequence_all()
    assert verified() == []


# -- and with scripts off -------------------------------------------------------------


def test_without_scripts_people_sign_in_and_vote(world, someone, anyone, tmp_path):
    """Who scans before signing in is asked who they are, and comes back to the door."""
    sitting = convened(world, *world.matters[:1], body="reps")
    clock.move(sitting.held_at)
    clerk = someone("clerk").open().follow("今天开会")
    clerk.follow("登记到会").choose(str(world.rep01)).press("登记到会")
    clerk.reads("应到 19 人，到会 18 人，达到规定人数（至少 13 人），可以表决。")

    clerk.follow("签到码")
    rep = comes_by_code(anyone(), clerk, tmp_path / "screen.png")
    clerk.open(rep.path).choose(SECRET).press("开始表决")
    receipt = casts(rep, "赞成")
    clerk.open(clerk.path).reads("19 人可以投票，已经收到 1 票")
    clerk.follow("结束表决").reads("还有 18 人没有投。").press("结束表决")
    witness = someone("supervisor1").open().follow("请核对票数")
    witness.follow("监票确认").press("监票确认")
    clerk.open(clerk.path).press("宣布结果").reads("已宣布", "未通过")
    rep.open("/vote/receipt/").fill(回执号=receipt).press("查").reads("这张票已经计入")
    the_record_is_in_order()


def comes_by_code(rep, screen, picture):
    rep.open(code_on(screen, picture)).say_who(f"rep01@{SLUG}", PASSWORD)
    return rep.press("签到").reads("卫秀兰已签到")
