#!/usr/bin/env python3
"""How many drafted undo scripts give the schema back, on a real PostgreSQL, for the migrations of real projects.

Usage: rollback-drafts.py FLIGHTCHECK [--most N] FOLDER...

Each folder is a project as flightcheck finds it. Its migrations are applied one after the other; one that the server refuses is taken
out of a copy of the project, so that both know the same. After each that could be taken
back (its draft is said to be proved, and loses nothing) the database is copied, the draft is applied to the copy, and the dumps before the
migration and after the draft are compared. PGHOST and its like say where the server is; tests/rollback-drafts.sh starts one.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "rollback-proof"))
from servers import Postgres, first_difference, run  # noqa: E402


def ask(binary, *arguments):
    done = subprocess.run([binary, *arguments, "--format", "json"], capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.stdout else None


def up_part(text, tool):
    """The part of a file that leads up, for tools that keep both in one."""
    markers = {"goose": r"^-- *\+goose Down.*", "dbmate": r"^-- *migrate:down.*", "tern": r"^---- create above.*"}
    return re.split(markers[tool], text, flags=re.M | re.I)[0] if tool in markers else text


def project(host, binary, folder, most, totals):
    with tempfile.TemporaryDirectory() as copy:
        own = measure(host, binary, shutil.copytree(folder, copy, dirs_exist_ok=True), most)
    counts = f"{own[0]} drafts, {own[1]} give the schema back; {own[2]} said to be proved, {own[3]} of them do"
    print(f"{folder}: {counts}; {own[4]} migrations refused", flush=True)
    for at, count in enumerate(own):
        totals[at] += count


def measure(host, binary, folder, most):
    report = ask(binary, "check", folder, "--dialect", "postgres", "--server-version", "15")
    report = report[0] if isinstance(report, list) else report
    host.create("up")
    own = [0, 0, 0, 0, 0]
    for script in report["rollback"]["scripts"][:most]:
        path = pathlib.Path(folder) / script["script"]
        text = up_part(path.read_text(errors="replace"), report["tool"]["name"])
        run(["dropdb", "--if-exists", "before"])
        run(["createdb", "-T", "up", "before"])
        if host.apply("up", text):
            own[4] += 1
            path.unlink()
            run(["dropdb", "up"])
            run(["createdb", "-T", "before", "up"])
            continue
        draft = ask(binary, "draft-undo", script["script"], folder, "--dialect", "postgres", "--server-version", "15")
        if draft is None or script["class"] == "nothing" or draft["loses"]:
            continue
        host.create("down")
        run(["dropdb", "down"])
        run(["createdb", "-T", "up", "down"])
        failed = host.apply("down", draft["text"])
        before = host.dump("before")
        after = host.dump("down")
        same = not failed and after == before
        own[0] += 1
        own[1] += same
        own[2] += draft["proved"]
        own[3] += draft["proved"] and same
        if not same:
            word = "PROVED" if draft["proved"] else "unproved"
            print(f"  {word} {script['script']}: {failed.splitlines()[:1] or first_difference(before, after)}"[:400])
    return own


def main(binary, *arguments):
    most = 10_000
    if arguments[0] == "--most":
        most, arguments = int(arguments[1]), arguments[2:]
    totals = [0, 0, 0, 0, 0]
    for folder in arguments:
        project(Postgres(), binary, folder, most, totals)
    share = 100 * totals[1] / max(totals[0], 1)
    print(f"all: {totals[0]} drafts, {totals[1]} give the schema back ({share:.1f} %); {totals[2]} said to be proved, {totals[3]} of them do")


main(*sys.argv[1:])
