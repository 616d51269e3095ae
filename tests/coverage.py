#!/usr/bin/env python3
"""How much of real migrations is understood: a table in Markdown, and what is not understood.

usage: coverage.py FLIGHTCHECK CORPUS

FLIGHTCHECK  the binary
CORPUS       a folder with one folder for each dialect, named as `--dialect` takes it, holding .sql files
"""
import collections
import json
import pathlib
import subprocess
import sys

NO_DDL = {
    "select", "insert", "update", "delete", "merge", "copy", "set", "reset", "use", "pragma", "call", "begin", "commit",
    "rollback", "savepoint", "release-savepoint", "rollback-to-savepoint", "explain", "prepare", "client-command",
    "unchecked", "procedural", "alter-session", "declare-cursor", "deallocate", "print", "show", "raiserror", "execute-as",
}


def listing(binary, dialect, files):
    """Every statement of some files, as `parse` lists them; files that are not UTF-8 are left out."""
    for start in range(0, len(files), 300):
        command = [binary, "parse", "--dialect", dialect, "--format", "json", *map(str, files[start : start + 300])]
        yield from json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["statements"]


def main(binary, corpus):
    print("| dialect | files | statements | DDL | understood | partly | opaque |")
    print("|---|---|---|---|---|---|---|")
    rest = []
    for folder in sorted(path for path in pathlib.Path(corpus).iterdir() if path.is_dir()):
        files = sorted(path for path in folder.rglob("*.sql"))
        count, ddl = 0, collections.Counter()
        for row in listing(binary, folder.name, files):
            count += 1
            if row["kind"] not in NO_DDL:
                ddl[row["understood"]] += 1
            if row["understood"] != "understood":
                rest.append((folder.name, row))
        total = sum(ddl.values()) or 1
        shares = " | ".join(f"{100 * ddl[how] / total:.2f} %" for how in ("understood", "partly", "opaque"))
        print(f"| {folder.name} | {len(files)} | {count} | {sum(ddl.values())} | {shares} |")
    print()
    for dialect, row in rest:
        text = pathlib.Path(row["file"]).read_bytes()
        spans = [" ".join(text[span["start"] : span["end"]].decode("utf-8", "replace").split()) for span in row["opaque"]]
        print(f"{dialect}\t{row['understood']}\t{row['kind']}\t{row['file']}:{row['line']}\t{' … '.join(spans)[:200]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
