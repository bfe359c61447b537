import pytest, time, traceback
pytestmark=pytest.mark.django_db
from django.core.files.uploadedfile import SimpleUploadedFile as F
from tests.workflows.everywhere import *
from tests.workflows import answers
Q={"before":["\x00","-1","9"*30,"0","1-1","9999999999-1","99999999999-1","x","१"],"after":["\x00","x"],"year":["0000","9999","0001","-1","\x00","20 6"],
 "q":["\x00","%","x"*5000,"\\","_"],"stage":["\x00","nope","deciding"],"village":["\x00","nope"],"follows":["\x00","甲","x"*5000,"١"],
 "matter":["\x00","-1","9"*9,"9"*8,"9"*30,"甲","१"],"body":["\x00","nope","joint","party","group","villagers","members","member_reps","reps"],"code":["\x00","x"],"finding":["\x00"],"item":["\x00"],"next":["\x00","//evil.com","https://evil.com/","/\\evil.com","javascript:alert(1)","http:evil.com","/%0d%0aX: y"]}
def t(label, call, good=lambda s: s<500):
    try:
        with undone():
            r=call()
            if not good(r.status_code) or r.status_code>=500: print("!!",label,r.status_code, r.headers.get("Location"), r.headers.get("Content-Type"), r.content[:80])
            return r
    except Exception as e:
        print(f"!! {label} -> EXC {type(e).__name__} {str(e)[:150]} @ {[f'{x.filename[-40:]}:{x.lineno}' for x in traceback.extract_tb(e.__traceback__) if '/work/main/' in x.filename and '.venv' not in x.filename][-2:]}")
def test_get(scene):
    before=digest()
    anon=scene.clients["anonymous"]; clerk=scene.clients["clerk"]
    for row in scene.at:
        if row.startswith(("act","notice_act")) and row not in ("act withdraw","act explain","act attach","act disclose"): continue
        for k,vs in Q.items():
            for v in vs:
                c=clerk if row!="sign_in" else anon
                r=t(f"GET {row} {k}={v[:20]!r}", lambda: c.get(scene.at[row],{k:v}))
    for b in Q["body"]:
        for m in Q["matter"]:
            for row in ("workflows:convene","workflows:record_paper"):
                t(f"GET {row} {b!r} {m!r}", lambda: clerk.get(scene.at[row],{"body":b,"matter":m}))
                t(f"POST {row} {b!r} {m!r}", lambda: clerk.post(scene.at[row]+f"?body={b}",{"body":b,"matters":[m]}), lambda s:400<=s<500)
    # methods
    for row in scene.at:
        if row=="sign_out": continue
        for meth in ("put","patch","delete","options","trace"):
            r=t(f"{meth} {row}", lambda: getattr(clerk,meth)(scene.at[row]), lambda s: s==405)
            if r is not None and 'lang="zh-CN"' not in r.content.decode(): print("not ours", meth, row, r.status_code, r.content[:50])
        for ct in ("application/json","text/plain","multipart/form-data","application/xml","","multipart/form-data; boundary="+"x"*300):
            r=t(f"{ct} {row}", lambda: clerk.generic("POST",scene.at[row],b'{"a":1}',content_type=ct), lambda s: s>=400)
            if r is not None and 'lang="zh-CN"' not in r.content.decode(): print("not ours", ct, row, r.status_code, r.content[:50])
    # big
    for row in ("act withdraw","workflows:draft","sign_in","workflows:attend"):
        c=clerk if row!="sign_in" else anon
        for label,data in (("big",{"text":"x"*3_000_000}),("many",{f"f{i}":"1" for i in range(5002)})):
            r=t(f"{label} {row}", lambda: c.post(scene.at[row],data), lambda s:s==400)
            if r is not None and 'lang="zh-CN"' not in r.content.decode(): print("not ours", label,row, r.status_code, r.content[:50])
            from urllib.parse import urlencode
            r=t(f"{label} url {row}", lambda: c.generic("POST",scene.at[row],urlencode(data),content_type="application/x-www-form-urlencoded"), lambda s:s==400)
            if r is not None and 'lang="zh-CN"' not in r.content.decode(): print("not ours", label,row, r.status_code, r.content[:50])
        r=t(f"manyfiles {row}", lambda: c.post(scene.at[row],{f"f{i}":F("a","x") for i in range(200)}), lambda s:s==400)
    # sign in
    for u in ("x"*300,"字"*100000,"a\x00b","a\ud800".encode("utf8","surrogatepass"), "clerk@140724200205 "):
        t(f"sign_in {u[:20]!r}", lambda: anon.post("/sign-in/",{"username":u,"password":"wrong"}))
    t("ua", lambda: anon.post("/sign-in/",{"username":"a","password":"wrong"}, HTTP_USER_AGENT="x"*5000, HTTP_ACCEPT="y"*5000, REMOTE_ADDR="::1"))
    t("xff", lambda: anon.post("/sign-in/",{"username":"a","password":"wrong"}, HTTP_X_FORWARDED_FOR="nonsense"))
    t("ip", lambda: anon.post("/sign-in/",{"username":"a","password":"wrong"}, REMOTE_ADDR=""))
    for cookie in ("sessionid","csrftoken","messages"):
        for v in ("\x00","x"*5000,"甲","'; drop table","[]", '["x"]:1:2'):
            c=Client(); c.cookies[cookie]=v
            for url in ("/","/sign-in/","/matters/","/villages/"):
                t(f"cookie {cookie} {v[:10]!r} {url}", lambda: c.get(url))
    t("host", lambda: anon.get("/", HTTP_HOST="evil.com"))
    t("lang", lambda: anon.get("/villages/", HTTP_ACCEPT_LANGUAGE="\x00, en;q=x"))
    t("etag", lambda: anon.get("/villages/", HTTP_IF_NONE_MATCH="\"\x00"))
    for path in ("/%00","/matters/%00/1/","/notices/%00/","/villages/%E4%B8%AD/","/villages/"+"a"*5000+"/","/matters/140724200205/"+"9"*40+"/","/sittings/x/"+"9"*40+"/open/","/matters/140724200205/1/%ff/","/x","/matters","/sittings/x/0/open/","/admin/x/","//evil.com","/static/../config/settings.py","/media/documents/2026/0123.jpg"):
        r=t(f"path {path[:30]}", lambda: clerk.get(path))
        print(path[:30], r and r.status_code, r and r.headers.get("Location"), r and 'lang="zh-CN"' in r.content.decode())
    print("same", digest()==before)
