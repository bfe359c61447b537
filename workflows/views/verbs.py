"""Every act that has a page of its own, in one table: what is asked and called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from workflows.acts import (
    decision,
    disclosure,
    drafting,
    implementation,
    objection,
    supervision,
)
from workflows.forms import acts as forms
from workflows.forms import notices
from workflows.templatetags.stages import zh_date
from workflows.views import rows
from workflows.views.verb import Verb

OF_MATTER = {
    verb.name: verb
    for verb in (
        Verb(
            "initiate",
            lazy("党组织提议"),
            lazy("已记为党组织提议"),
            forms.Initiate,
            decision.initiate,
        ),
        Verb(
            "erratum",
            lazy("勘误"),
            lazy("已勘误"),
            forms.Erratum,
            drafting.erratum,
            lazy("只改错字、编号、笔误，不改意思。须另一人核对。"),
        ),
        Verb(
            "amend",
            lazy("采纳意见修改"),
            lazy("已改为第 %(n)s 稿，改动处已标出"),
            forms.Amend,
            drafting.amend,
            lazy("请填写改了什么、采纳了谁的意见。前面的会不用重开"),
            said=lambda text: {"n": text.version},
        ),
        Verb(
            "revise",
            lazy("修改方案（重新提议）"),
            lazy("已改为第 %(n)s 稿，回到“已起草”"),
            forms.Rewrite,
            drafting.revise,
            lazy("内容有实质改动，需要从两委提议重新开始。确定吗？"),
            said=lambda text: {"n": text.version},
        ),
        Verb(
            "withdraw",
            lazy("撤回事项"),
            lazy("已撤回"),
            forms.Withdraw,
            drafting.withdraw,
            lazy("撤回后本事项终止。须写理由"),
        ),
        Verb(
            "advise",
            lazy("合法性提示"),
            lazy("已提示"),
            forms.Advise,
            supervision.advise,
            lazy("这是提示，不影响村里继续办理"),
        ),
        Verb(
            "suggest",
            lazy("提监督意见"),
            lazy("已送村民委员会，%(due)s前答复"),
            forms.Suggest,
            supervision.suggest,
            said=rows.due_day,
        ),
        Verb(
            "announce",
            lazy("发布公示"),
            lazy("已发布，请打印张贴"),
            notices.Announce,
            disclosure.announce,
            rows.shown_from_to("pub.min_days"),
            shows="workflows/_preview.html",
            folded=True,
        ),
        Verb(
            "report_result",
            lazy("公示结果"),
            lazy("已发布，请打印张贴"),
            notices.ReportResult,
            disclosure.report_result,
            rows.shown_from_to("pub.result_min_days"),
        ),
        Verb(
            "disclose",
            lazy("专项公开"),
            lazy("已公开"),
            notices.Disclose,
            disclosure.disclose,
            ready=rows.has_items,
        ),
        Verb(
            "approve",
            lazy("登记报批（报备）"),
            lazy("已登记"),
            forms.Approve,
            supervision.approve,
            ready=rows.approval_asked,
        ),
        Verb(
            "begin",
            lazy("组织实施"),
            lazy("已开始实施"),
            forms.NothingToFill,
            implementation.begin,
            gated=True,
        ),
        Verb(
            "report",
            lazy("报进展"),
            lazy("已通报"),
            forms.Report,
            implementation.report,
        ),
        Verb(
            "accept",
            lazy("登记验收"),
            lazy("已登记"),
            forms.Accept,
            implementation.accept,
        ),
        Verb(
            "done",
            lazy("登记办结"),
            lazy("已登记"),
            forms.Done,
            implementation.done,
        ),
        Verb(
            "archive",
            lazy("归档"),
            lazy("已归档"),
            forms.NothingToFill,
            implementation.archive,
            lazy("归档后不再修改"),
            gated=True,
        ),
        Verb(
            "order",
            lazy("责令改正"),
            lazy("已下达"),
            forms.Order,
            supervision.order,
            lazy("须选定法律依据和期限。责令改正后本事项暂停办理"),
        ),
        Verb(
            "comply",
            lazy("报告改正情况"),
            lazy("已报告，待核查"),
            forms.Comply,
            supervision.comply,
            ready=rows.not_complied_yet,
            shows="workflows/_about_order.html",
        ),
        Verb(
            "examine",
            lazy("核查改正"),
            lazy("已核查"),
            forms.Examine,
            supervision.examine,
            ready=rows.complied,
            shows="workflows/_about_order.html",
        ),
        Verb(
            "explain",
            lazy("说明情况"),
            lazy("已说明"),
            forms.Explain,
            supervision.explain,
            ready=rows.irregular,
        ),
        Verb(
            "attach",
            lazy("添加材料"),
            lazy("已添加"),
            forms.Attach,
            implementation.attach,
        ),
    )
}

OF_NOTICE = {
    verb.name: verb
    for verb in (
        Verb(
            "post",
            lazy("登记张贴"),
            lazy("已登记，公示期从明天算起，到 %(end)s"),
            notices.Post,
            disclosure.post,
            said=lambda posting: {"end": zh_date(posting.last_day)},
            ready=rows.not_posted_yet,
            shows="workflows/_about_notice.html",
        ),
        Verb(
            "repair",
            lazy("登记补贴（被毁损）"),
            lazy("已登记，公示期继续计算"),
            notices.Repair,
            disclosure.repair,
            ready=rows.hangs_for("repair"),
        ),
        Verb(
            "take_down",
            lazy("登记撤下"),
            lazy("已登记"),
            notices.TakeDown,
            disclosure.take_down,
            rows.taken_down_early,
            ready=rows.hangs_for("take_down"),
        ),
        Verb(
            "audit_notice",
            lazy("审核公示"),
            lazy("已审核"),
            notices.AuditNotice,
            disclosure.audit_notice,
            ready=rows.not_ones_own,
            shows="workflows/_about_notice.html",
        ),
        Verb(
            "object",
            lazy("登记异议"),
            lazy("已受理，编号 %(no)s，%(due)s前答复"),
            notices.Object,
            objection.object_to,
            said=lambda row: {"no": row.uid, **rows.due_day(row)},
            ready=rows.still_runs,
            shows="workflows/_about_notice.html",
        ),
    )
}

ANSWER = Verb(
    "answer",
    lazy("答复异议"),
    lazy("已答复"),
    notices.Answer,
    objection.answer,
    lazy("答复将和异议一起公开（姓名隐去）"),
    ready=rows.not_answered_yet,
    shows="workflows/_about_objection.html",
)
REPLY = Verb(
    "reply",
    lazy("答复监督意见"),
    lazy("已答复"),
    forms.Reply,
    supervision.reply,
    ready=rows.not_answered_yet,
    shows="workflows/_about_opinion.html",
)
