"""Compares what flightcheck says of each pair of tests/rollback with what a real server does."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from servers import first_difference, server  # noqa: E402

HERE = pathlib.Path(__file__).parent.parent / "rollback"


def cases(dialect):
    """Name, expected class, and the scripts: what is there before, up, down."""
    text = (HERE / f"{dialect}.txt").read_text()
    common, *found = re.split(r"^== ", text, flags=re.M)
    common = common.split("-- base\n", 1)[1]
    for case in found:
        head, body = case.split("\n", 1)
        name, expected = head.rsplit(": ", 1)
        parts = re.split(r"^-- (base|up|down)\n", body, flags=re.M)[1:]
        parts = dict(zip(parts[::2], parts[1::2]))
        yield name, expected.strip(), common + parts.get("base", ""), parts["up"], parts.get("down")


def exceptions(dialect):
    lines = (HERE / "exceptions.txt").read_text().splitlines()
    known = [line.split(": ", 2) for line in lines if line and not line.startswith("#")]
    return {name: why for of, name, why in known if of == dialect}


def flightcheck(binary, dialect, scripts, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        sql = pathlib.Path(folder) / "sql"
        sql.mkdir()
        for name, text in scripts.items():
            (sql / name).write_text(text)
        version = {"postgres": "15", "mariadb": "10.11", "sqlite": "3.40"}[dialect]
        command = [binary, *arguments, folder, "--format", "json", "--dialect", dialect, "--server-version", version]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def main(dialect, binary):
    host, known, wrong, count, drafts = server(dialect), exceptions(dialect), [], 0, [0, 0]
    met = set()
    for name, expected, base, up, down in cases(dialect):
        count += 1
        scripts = {"V1__base.sql": base, "V2__up.sql": up}
        with_down = {**scripts, **({"U2__down.sql": down} if down is not None else {})}
        taken = flightcheck(binary, dialect, with_down, "check")["rollback"]["scripts"][1]
        if taken["class"] != expected:
            wrong.append(f"{name}: is {taken['class']}, not {expected}: {[f['message'] for f in taken['findings']]} {taken['notes']}")
        host.create("proof")
        refused = host.apply("proof", base)
        before = host.dump("proof")
        refused = refused or host.apply("proof", up)
        if refused:
            wrong.append(f"{name}: the server refuses what comes before the undo script: {refused}")
            continue
        if down is not None and taken["class"] != "nothing":
            failed = host.apply("proof", down)
            same = not failed and host.dump("proof") == before
            said = taken["class"] in ("proved", "irreversible")
            if same != said and name not in known:
                why = failed or first_difference(before, host.dump("proof"))
                wrong.append(f"{name}: the schema is {'the same' if same else 'not the same'}, flightcheck says {taken['class']}: {why}")
            met.update([name] if same != said else [])
        draft = flightcheck(binary, dialect, scripts, "draft-undo", "V2")
        host.create("proof")
        host.apply("proof", base)
        host.apply("proof", up)
        failed = host.apply("proof", draft["text"])
        same = not failed and host.dump("proof") == before
        drafts[0] += draft["proved"]
        drafts[1] += same
        if draft["proved"] and not same and f"draft of {name}" not in known:
            why = failed or first_difference(before, host.dump("proof"))
            wrong.append(f"draft of {name}: it is proved, and the schema is not the same: {why}\n{draft['text']}")
        met.update([f"draft of {name}"] if draft["proved"] and not same else [])
    wrong += [f"{name}: is listed as an exception and is none" for name in known if name not in met]
    print(f"{dialect}: {count} pairs; drafts: {drafts[0]} said to be proved, {drafts[1]} give the schema back")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main(*sys.argv[1:])
