"""Every key a rule set may hold: what kind of value it has and what it is called.

A national text must hold all of them, but for those of the collective before there was
a statute on it. Competent bodies (`bodies.M01` …) are keys too; catalogue.toml names
the types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .types import Threshold
from .vocabulary import KIN

SHARE = {"of", "num", "den", "inclusive"}


@dataclass(frozen=True)
class Spec:
    """What a key's value must look like."""

    kind: str
    label: str
    choices: tuple[str, ...] = ()
    collective: bool = False  # exists only since 农村集体经济组织法


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _days_to_wait(value: Any) -> bool:
    return _whole(value) and value <= LONGEST


def _share(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != SHARE:
        return False
    num, den = value["num"], value["den"]
    return (
        value["of"] in ("present", "eligible")
        and _whole(num)
        and _whole(den)
        and 0 < num <= den
        and isinstance(value["inclusive"], bool)
    )


def _range(value: Any) -> bool:
    if not _numbers(value):
        return False
    match value:
        case [least, most]:
            return bool(least <= most)
    return False


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(map(_whole, value))


LONGEST = 3660  # ten years, beyond which no calendar goes
SIMPLE: dict[str, Callable[[Any], bool]] = {
    "share": _share,
    "petition": _share,
    "days": _days_to_wait,
    "count": _whole,
    "flag": lambda value: isinstance(value, bool),
    "range": _range,
    "numbers": _numbers,
}


def fits(spec: Spec, value: Any, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether the value is of the key's kind; `known` are the catalogue's codes."""
    if spec.kind == "choice":
        return value in spec.choices
    if spec.kind in ("codes", "items", "documents"):
        codes = known.get(spec.kind, frozenset(spec.choices))
        return isinstance(value, list) and all(code in codes for code in value)
    return SIMPLE[spec.kind](value)


def frozen(value: Any) -> Any:
    """The value as nobody can change it."""
    if isinstance(value, dict):
        return Threshold(**value)
    return tuple(value) if isinstance(value, list) else value


def _choice(label: str, *choices: str, collective: bool = False) -> Spec:
    return Spec("choice", label, choices, collective)


def _share_of(label: str) -> Spec:
    return Spec("share", label)


def _days(label: str) -> Spec:
    return Spec("days", label)


def _flag(label: str) -> Spec:
    return Spec("flag", label)


def _collective(kind: str, label: str) -> Spec:
    return Spec(kind, label, (), True)


MEETINGS = {
    "vm.quorum.person": _share_of("村民会议到会（按人）"),
    "vm.quorum.household": _share_of("村民会议到会（按户）"),
    "vm.pass": _share_of("村民会议通过"),
    "vm.notice_days": _days("村民会议提前通知"),
    "vm.notice_special": _flag("遇有特殊情况可以临时通知"),
    "vm.split_venues": _flag("一次村民会议可以分会场召开"),
    "vm.matters": _flag("法定事项须经村民会议讨论决定"),
    "vm.min_per_year": Spec("count", "村民会议每年至少召开次数"),
    "vm.petition.villagers": Spec("petition", "村民提议召集村民会议"),
    "vm.petition.reps": Spec("petition", "村民代表提议召集村民会议"),
    "vr.quorum": _share_of("村民代表会议到会"),
    "vr.pass": _share_of("村民代表会议通过"),
    "vr.notice_days": _days("村民代表会议提前通知"),
    "vr.min_per_quarter": Spec("count", "村民代表会议每季度召开次数"),
    "vr.petition.reps": Spec("petition", "村民代表提议召集村民代表会议"),
    "vr.petition.convene_days": _days("提议后应当召集的期限"),
    "vr.authorization_required": _flag("村民代表会议只决定村民会议授权的事项"),
    "vr.comp.rep_share": _share_of("村民代表占组成人员"),
    "vr.comp.women_share": _share_of("妇女村民代表占组成人员"),
    "vr.households_per_rep": Spec("range", "每名代表的推选户数"),
    "vg.quorum": _share_of("村民小组会议到会（按人或按户）"),
    "vg.pass": _share_of("村民小组会议通过"),
    "vg.notice_days": _days("村民小组会议提前通知"),
    "pm.quorum": _share_of("党员大会到会"),
    "pm.pass": _share_of("党员大会通过"),
    "pm.notice_days": _days("党员大会提前通知"),
    "pm.must": _flag("重要事项须经党员大会讨论"),
    "pm.convene": _flag("党员大会由支部委员会召集、书记主持"),
    "pm.voters": Spec("codes", "有表决权的党员", ("full",)),
    "joint.quorum": _share_of("两委联席会议到会"),
    "joint.pass": _share_of("两委联席会议通过"),
    "joint.notice_days": _days("两委联席会议提前通知"),
    "branch.quorum": _share_of("支部委员会会议到会"),
    "branch.pass": _share_of("支部委员会会议通过"),
    "branch.notice_days": _days("支部委员会会议提前通知"),
}
COLLECTIVE = {
    "vg.pass_property": _collective("share", "小组代行集体职能时就集体财产通过"),
    "mm.quorum": _collective("share", "成员大会参加"),
    "mm.pass": _collective("share", "成员大会通过"),
    "mm.pass_outsiders": _collective("share", "非成员享有权利的同意"),
    "mm.notice_days": _collective("days", "成员大会提前通知"),
    "mm.online": _collective("flag", "成员可以在线参加"),
    "mm.proxy": _choice("书面委托", "none", "household_written", collective=True),
    "mm.convene": _collective("flag", "成员大会由理事会召集"),
    "mm.min_per_year": _collective("count", "成员大会每年至少召开次数"),
    "mr.quorum": _choice("成员代表大会到会", "none", collective=True),
    "mr.pass": _collective("share", "成员代表大会通过"),
    "mr.barred": _collective("numbers", "成员代表大会不得行使的职权（项次）"),
    "mr.notice_days": _collective("days", "成员代表大会提前通知"),
    "mr.min_reps": _collective("count", "成员代表至少人数"),
    "board.quorum": _collective("share", "理事会会议出席"),
    "board.pass": _collective("share", "理事会会议通过"),
    "collective.acting": _collective("flag", "村民委员会代行集体职能参照适用"),
    "collective.charter": _collective("flag", "集体章程报备案"),
    "collective.members": _collective("flag", "成员名册报备案"),
    "collective.merge": _collective("flag", "合并、分立报批准"),
    "collective.minutes": _collective("flag", "集体组织会议应当有记录"),
    "collective.publish": _collective("flag", "集体财务与重大事项公布"),
    "collective.papers_days": _collective("days", "报告和方案会前供查阅"),
    "collective.annul": _collective("flag", "成员可以请求法院撤销"),
}
SHOWN = {
    "pub.min_days": _days("决议公示不少于"),
    "pub.result_min_days": _days("实施结果公示不少于"),
    "pub.post_within_days": _days("决议后几日内公示"),
    "pub.result_after_days": _days("结果公示晚于验收"),
    "pub.supervisor_review": _days("村务监督委员会审核公示的期限"),
    "pub.repost_if_short": _flag("公示时间不够的重新公示"),
    "pub.items": _flag("应当及时公布的事项"),
    "pub.remedy": _flag("公布不及时、不真实可以向政府反映"),
    "objection.reply_days": _days("异议答复期限"),
    "objections.answered": _choice("实施前答复异议", "off", "until_due", "always"),
    "reject.must_publish": _flag("未通过的也要公布"),
}
CARRIED_OUT = {
    "implementation.waits_for": _choice(
        "组织实施等待公示", "none", "objection_window", "full_period"
    ),
    "construction.before_begin": Spec("items", "组织实施前须公开的工程事项"),
    "construction.monitor_reps": Spec("count", "每项工程专职监督的村民代表"),
    "disclosures.complete": _flag("组织实施前公开事项齐全"),
    "documents.required": Spec("documents", "必须有的材料"),
    "report.interval_days": _days("实施中多久通报一次"),
    "acceptance.min": Spec("count", "工程验收至少人数"),
    "acceptance.supervisors": Spec("count", "其中村务监督委员会成员至少"),
    "approval.by_authority": _flag("依法须批准的，批准后实施"),
    "execute": _flag("村民委员会执行决议"),
    "decision.change_requires": _choice("变更决议", "same_body_or_villagers"),
    "archive.keep": _flag("建立村务档案"),
}
VOTING = {
    "voters.on_roster": _flag("只有名册上有表决权的人参加表决"),
    "vote.method": _choice("表决方式（默认）", "hands", "paper", "named", "secret"),
    "vote.electronic": _flag("到会人员可以在会场电子表决"),
    "vote.recusal": _flag("有利害关系的人不参加本项表决"),
    "vote.proxy": _choice("委托表决", "none"),
    "count.witnessed": _flag("计票有监票人核对"),
    "text.unchanged": _flag("表决、决议、公示的是同一稿"),
    "ballot.invariant": _flag("票数合计与收回、发出、到会相符"),
    "ballot.blank_counts_as": _choice("空白票", "abstain", "invalid"),
    "withdraw.before_decision": _flag("决议表决开始前才可以撤回"),
    "guarantee.by_committee": _choice(
        "村民委员会提供担保", "forbidden", "void_unless_acting"
    ),
}
ORDER = {
    "party.first": _flag("重要事项先经村党组织研究讨论"),
    "charter.vm_only": _flag("章程、村规民约由村民会议决定并备案"),
    "recall": _flag("罢免由登记参加选举的村民投票"),
    "byelection": _flag("补选由村民会议或村民代表会议进行"),
    "appraisal": _flag("民主评议每年至少一次"),
    "committee.area": _flag("村民委员会设立、撤销、范围调整报批准"),
    "annul": _flag("受侵害的村民可以申请法院撤销"),
    "order.decision": Spec("codes", "责令改正违法决定", ("township", "county")),
    "order.duty": Spec("codes", "责令履行法定义务", ("township", "county")),
    "order.disclosure": Spec("codes", "责令依法公布", ("township", "county")),
    "supervisor.kin": Spec("codes", "村民委员会成员的近亲属不得任监督成员", KIN),
    "supervisor.staff": Spec("codes", "不宜任监督成员的岗位", ("clerk", "accountant")),
    "supervisor.attend": _flag("监督成员可以列席会议"),
    "land.plan": _flag("承包方案的同意"),
    "land.adjust": _flag("承包地个别调整报批准"),
    "land.outside": _flag("发包给本集体以外报批准"),
    "land.market": _days("经营性建设用地方案出让、出租前报市县（工作日）"),
    "homestead": _flag("宅基地申请集体讨论、公示后报批准"),
    "plan.village": _flag("村庄规划报审批前经村民会议或村民代表会议同意"),
    "levy": _choice("筹资筹劳由代表表决的", "by_households"),
    "emergency": _flag("突发事件先期处置"),
    "days.start_excluded": _flag("开始的当日不计入期间"),
    "days.bounds": _flag("以上包括本数，超过、过半数不包括"),
}
FINDINGS = {
    "record.late_days": _days("会后录入的期限"),
    "steps.same_day": _choice("两步同一天召开", "finding", "off"),
    "steps.stale_days": _days("多久没有下一步即提示"),
    "roster.left_out": _share_of("名册去掉的人占应到"),
}
# Said by some texts only, and asked for by no rule where they are not.
OPTIONAL = {
    "vm.pass_land": _share_of("村民会议就承包地、经营性建设用地通过"),
    "vr.pass_land": _share_of("村民代表就承包地、经营性建设用地同意"),
    "resign": _flag("辞职经村民会议或村民代表会议审议"),
}
KEYS: dict[str, Spec] = (
    MEETINGS | COLLECTIVE | SHOWN | CARRIED_OUT | VOTING | ORDER | FINDINGS | OPTIONAL
)
# What every national text must hold, and what it must once the collective has a law.
REQUIRED = frozenset(
    name for name in KEYS if name not in COLLECTIVE and name not in OPTIONAL
)
REQUIRED_COLLECTIVE = frozenset(COLLECTIVE)
