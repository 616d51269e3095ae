#!/usr/bin/env python3
"""Times `flightcheck check` against squawk on the PostgreSQL part of a corpus, and against `flightcheck impact`.

Usage: measure-squawk.py FLIGHTCHECK SQUAWK CORPUS

The projects are made as noise.py makes them. Either program is started once for each project and given the same files;
hyperfine runs them in turn. Prints the table that docs/performance.md holds.
"""
import json, pathlib, subprocess, sys, tempfile

import noise


def medians(folder, commands):
    """Milliseconds for each command, in one run of hyperfine."""
    times = folder / "times.json"
    measure = ["hyperfine", "--shell=none", "--ignore-failure", "--warmup", "2", "--runs", "9", "--export-json", str(times)]
    subprocess.run(measure + commands, check=True, capture_output=True)
    return [result["median"] * 1000 for result in json.loads(times.read_text())["results"]]


def print_rows(names, times):
    for name, time in zip(names, times):
        print(f"| {name} | {time:.0f} ms | {time / times[-1]:.2f} |")


def main():
    flightcheck, squawk, corpus = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    check = f"{flightcheck} check --dialect postgres --fail-on never --format json"
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        ours, theirs, files = [], [], 0
        groups = [(tool, paths) for (_, dialect, _, tool), paths in sorted(noise.scripts(corpus).items()) if dialect == "postgres"]
        for number, (tool, paths) in enumerate(groups):
            folder = work / f"project{number}"
            folder.mkdir()
            files += len(noise.project(corpus, paths, tool, folder))
            ours.append(f"{check} {folder} >/dev/null 2>&1")
            theirs.append(f"{squawk} --reporter json {folder}/**/*.sql >/dev/null 2>&1")
        (work / "ours").write_text("\n".join(ours) + "\ntrue\n")
        (work / "theirs").write_text("\n".join(theirs) + "\ntrue\n")
        print(f"| {len(groups)} projects, {files} scripts | median | ratio |\n|---|---|---|")
        print_rows(["`flightcheck check`", "`squawk`"], medians(work, [f"bash -O globstar {work}/ours", f"bash -O globstar {work}/theirs"]))
        largest = work / f"project{max(range(len(groups)), key=lambda n: len(groups[n][1]))}"
        scripts = sorted(map(str, largest.rglob("*.sql")))
        impact = f"{flightcheck} impact --dialect postgres --format json " + " ".join(scripts)
        print(f"\n| the largest project, {len(scripts)} scripts | median | ratio |\n|---|---|---|")
        print_rows(["`flightcheck check`", "`flightcheck impact`"], medians(work, [f"{check} {largest}", impact]))
        one = work / "one"
        (one / "sql").mkdir(parents=True)
        (one / "flyway.conf").write_text("flyway.locations=filesystem:sql\n")
        (one / "sql/V1__one.sql").write_text("alter table orders add column note text;\n")
        print("\n| one script of one line | median | ratio |\n|---|---|---|")
        print_rows(["`flightcheck check`", "`squawk`"], medians(work, [f"{check} {one}", f"{squawk} --reporter json {one}/sql/V1__one.sql"]))


main()
