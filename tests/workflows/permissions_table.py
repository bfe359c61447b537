"""Who may open what, and who may send it: person × address × status.

    clk sec dir sup   the village's clerk, secretary, director and supervisor
    pty rep           a party member and a representative
    twn cty           the officers of its township and of its county
    far nxt old       another county's, the next village's clerk; a former clerk
    non off           not signed in; whose account is closed

Each row is asked when its turn has come, and what is sent says nothing: who may is
answered 400 where there is something to fill in, 302 where the button says all, 422
where a rule stands in the way, 409 where the page has to say what was seen on it.
"""

from __future__ import annotations

from tests.workflows.everywhere import PERSONS

TABLE = """\
                             clk sec dir sup pty rep twn cty | far nxt old | non off
sign_in                 GET  302 302 302 302 302 302 302 302 | 302 302 302 | 200 200
sign_in                 POST 302 302 302 302 302 302 302 302 | 302 302 302 | 400 400
sign_out                GET  405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
sign_out                POST 302 302 302 302 302 302 302 302 | 302 302 302 | 302 302
health                  GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
health                  POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:villages     GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:villages     POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:board        GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:board        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:feed         GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:feed         POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:notice       GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:notice       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:notice_print GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:notice_print POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
audit:log               GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
audit:log               POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
audit:checkpoint        GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
audit:checkpoint        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
audit:key               GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
audit:key               POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
audit:tile              GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
audit:tile              POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
audit:entries           GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
audit:entries           POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:verify       GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:verify       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:verified     GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:verified     POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:entry        GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:entry        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
disclosure:proof        GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
disclosure:proof        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405

workflows:worklist      GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
workflows:worklist      POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:matters       GET  200 200 200 200 200 200 200 200 | 200 200 200 | 302 302
workflows:matters       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:draft         GET  200 200 200 403 403 403 403 403 | 403 200 403 | 302 302
workflows:draft         POST 400 400 400 403 403 403 403 403 | 403 400 403 | 302 302
workflows:authorise     GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:authorise     POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:matter        GET  200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:matter        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:document      GET  200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:document      POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:dossier       GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:dossier       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:photo         GET  200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:photo         POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:objection     GET  403 403 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:objection     POST 403 403 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:opinion       GET  403 403 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:opinion       POST 403 403 400 403 403 403 403 403 | 404 404 404 | 302 302

act initiate            GET  403 200 403 403 403 403 403 403 | 404 404 404 | 302 302
act initiate            POST 403 400 403 403 403 403 403 403 | 404 404 404 | 302 302
act erratum             GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act erratum             POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act amend               GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act amend               POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act revise              GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act revise              POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act withdraw            GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
act withdraw            POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
act advise              GET  403 403 403 403 403 403 200 200 | 404 404 404 | 302 302
act advise              POST 403 403 403 403 403 403 400 400 | 404 404 404 | 302 302
act suggest             GET  403 403 403 200 403 403 403 403 | 404 404 404 | 302 302
act suggest             POST 403 403 403 400 403 403 403 403 | 404 404 404 | 302 302
act announce            GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act announce            POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act report_result       GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act report_result       POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act disclose            GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act disclose            POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act approve             GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act approve             POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act begin               GET  403 403 200 403 403 403 403 403 | 404 404 404 | 302 302
act begin               POST 403 403 422 403 403 403 403 403 | 404 404 404 | 302 302
act report              GET  200 403 200 403 403 403 403 403 | 404 404 404 | 302 302
act report              POST 400 403 400 403 403 403 403 403 | 404 404 404 | 302 302
act accept              GET  200 403 403 200 403 403 403 403 | 404 404 404 | 302 302
act accept              POST 400 403 403 400 403 403 403 403 | 404 404 404 | 302 302
act done                GET  403 403 200 403 403 403 403 403 | 404 404 404 | 302 302
act done                POST 403 403 400 403 403 403 403 403 | 404 404 404 | 302 302
act archive             GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act archive             POST 422 403 403 403 403 403 403 403 | 404 404 404 | 302 302
act order               GET  403 403 403 403 403 403 200 200 | 404 404 404 | 302 302
act order               POST 403 403 403 403 403 403 400 400 | 404 404 404 | 302 302
act comply              GET  403 403 200 403 403 403 403 403 | 404 404 404 | 302 302
act comply              POST 403 403 400 403 403 403 403 403 | 404 404 404 | 302 302
act examine             GET  403 403 403 403 403 403 200 403 | 404 404 404 | 302 302
act examine             POST 403 403 403 403 403 403 400 403 | 404 404 404 | 302 302
act explain             GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
act explain             POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
act attach              GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
act attach              POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302

notice_act post         GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act post         POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act repair       GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act repair       POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act take_down    GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act take_down    POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
notice_act audit_notice GET  403 403 403 200 403 403 403 403 | 404 404 404 | 302 302
notice_act audit_notice POST 403 403 403 400 403 403 403 403 | 404 404 404 | 302 302
notice_act object       GET  200 403 200 200 403 403 403 403 | 404 404 404 | 302 302
notice_act object       POST 400 403 400 400 403 403 403 403 | 404 404 404 | 302 302

workflows:kept          GET  403 403 403 200 403 403 200 200 | 200 403 403 | 302 302
workflows:kept          POST 403 403 403 400 403 403 400 400 | 400 403 403 | 302 302
workflows:checkpoint    GET  403 403 403 200 403 403 200 200 | 200 403 403 | 302 302
workflows:checkpoint    POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:kept_paper    GET  403 403 403 200 403 403 200 200 | 200 403 403 | 302 302
workflows:kept_paper    POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:kept_since    GET  403 403 403 200 403 403 200 200 | 200 403 403 | 302 302
workflows:kept_since    POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:cosign        GET  403 403 403 200 403 403 200 200 | 200 403 403 | 302 302
workflows:cosign        POST 403 403 403 400 403 403 400 400 | 400 403 403 | 302 302

workflows:mine          GET  200 200 200 200 200 200 200 200 | 200 200 200 | 302 302
workflows:mine          POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:sittings      GET  200 200 200 200 200 200 200 200 | 200 200 200 | 302 302
workflows:sittings      POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:convene       GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:convene       POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:record_paper  GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:record_paper  POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:sitting       GET  200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:sitting       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:sitting_now   GET  200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:sitting_now   POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:serve         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:serve         POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:attend        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:attend        POST 409 409 409 403 403 403 403 403 | 404 404 404 | 302 302
workflows:arrive        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:arrive        POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:sign          GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:sign          POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:excuse        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:excuse        POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:observe       GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:observe       POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:screen        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:screen        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:arrive_by_code GET 200 200 200 200 200 200 200 200 | 404 404 404 | 302 302
workflows:arrive_by_code POST 403 302 302 403 403 403 403 403 | 404 404 404 | 302 302
workflows:lapse         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:lapse         POST 302 302 302 403 403 403 403 403 | 404 404 404 | 302 302
workflows:close         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:close         POST 302 302 302 403 403 403 403 403 | 404 404 404 | 302 302
workflows:leave         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:leave         POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:open_ballot   GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:open_ballot   POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:recuse        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:recuse        POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:slips         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:slips         POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:assist        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:assist        POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:close_ballot  GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:close_ballot  POST 302 302 302 403 403 403 403 403 | 404 404 404 | 302 302
workflows:count         GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:count         POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:witness       GET  403 200 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:witness       POST 403 409 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:declare       GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:declare       POST 302 302 302 403 403 403 403 403 | 404 404 404 | 302 302
workflows:void          GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:void          POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:recount       GET  200 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:recount       POST 400 403 403 403 403 403 403 403 | 404 404 404 | 302 302
workflows:scan          GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:scan          POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:attach_pages  GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:attach_pages  POST 400 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:signed_page   GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:signed_page   POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:signed_file   GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:signed_file   POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:packet        GET  200 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:packet        POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:minutes       GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:minutes       POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:paste_in      GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:paste_in      POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:resolution    GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:resolution    POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:sheet         GET  200 200 200 200 403 403 200 200 | 404 404 404 | 302 302
workflows:sheet         POST 405 405 405 405 405 405 405 405 | 405 405 405 | 405 405
workflows:vote          GET  403 200 200 403 403 403 403 403 | 404 404 404 | 302 302
workflows:vote          POST 403 400 400 403 403 403 403 403 | 404 404 404 | 302 302
workflows:vote_slip     GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
workflows:vote_slip     POST 400 400 400 400 400 400 400 400 | 400 400 400 | 400 400
workflows:receipt       GET  200 200 200 200 200 200 200 200 | 200 200 200 | 200 200
workflows:receipt       POST 400 400 400 400 400 400 400 400 | 400 400 400 | 400 400
"""


def read(table: str) -> dict[str, dict[str, dict[str, int]]]:
    """The statuses by row, method and person."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for line in filter(None, table.splitlines()[1:]):
        row, (method, *statuses) = line[:24].strip(), line[24:].replace("|", "").split()
        answers = dict(zip(PERSONS, map(int, statuses), strict=True))
        found.setdefault(row, {})[method] = answers
    return found


STATUSES = read(TABLE)
