#!/usr/bin/env python3
"""How often each rule speaks on real migrations: findings for each 1,000 statements, by rule.

Usage: noise.py FLIGHTCHECK CORPUS [--sample N SEED]

CORPUS has a `manifest.tsv` whose columns are: set, repository, dialect, layout, bytes, path. The scripts of each
repository and dialect become versioned migrations in the order of their names, down scripts left out, so that each is a
deployment of its own over those before it. Prints a Markdown table, and with --sample that many findings drawn by lot.
"""
import collections, json, pathlib, random, re, subprocess, sys, tempfile

DIALECTS = {"postgres": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "sqlserver": "sqlserver", "oracle": "oracle"}
DOWN = re.compile(r"(\.down\.|_down\.|/down\.sql$|/U[0-9]|\.undo\.|rollback|/revert/|/verify/|/LATEST)", re.I)
MARK = re.compile(r"^--\s*(\+goose|migrate:|\+migrate)\s*down\b", re.I | re.M)


def order(path, numbered):
    """The order of the tool: by the numbers in names, or by the names as they are."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path)] if numbered else path


def scripts(corpus):
    groups = collections.defaultdict(list)
    for line in (corpus / "manifest.tsv").read_text().splitlines()[1:]:
        _, repository, dialect, layout, _, path = line.split("\t")
        if dialect in DIALECTS and not DOWN.search(path) and not re.search(r"/[RBU]\w*__", path):
            folder = path.rsplit("/", 1)[0] if "flyway" in layout or layout == "sqlx" else repository
            groups[repository, DIALECTS[dialect], folder].append((order(path, "flyway" in layout or "numbered" in layout), path))
    return groups


def project(corpus, paths, folder):
    (folder / "sql").mkdir()
    (folder / "flyway.conf").write_text("flyway.locations=filesystem:sql\n")
    named = {}
    for number, (_, path) in enumerate(sorted(paths), 1):
        data = (corpus / path).read_bytes()
        text = data.decode("utf-8", "replace")
        down = MARK.search(text)
        name = f"sql/V{number}__script.sql"
        (folder / name).write_bytes(data[: len(text[: down.start()].encode())] if down else data)
        named[name] = path
    return named


def main():
    flightcheck, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    rules, projects, statements, samples = collections.Counter(), collections.defaultdict(set), 0, []
    severities = {}
    for (repository, dialect, _), paths in sorted(scripts(corpus).items()):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            named = project(corpus, paths, folder)
            command = [flightcheck, "check", str(folder), "--dialect", dialect, "--format", "json", "--fail-on", "never"]
            ran = subprocess.run(command, capture_output=True, text=True)
            if not ran.stdout:
                print(f"{repository} {dialect}: {ran.stderr.strip()[:200]}", file=sys.stderr)
                continue
            report = json.loads(ran.stdout)
            sql = report["sql"]
            statements += sql["understood"] + sql["partly"] + sql["opaque"]
            for finding in report["findings"]:
                group = finding.get("group")
                if group == "migrations":
                    continue
                rules[finding["rule"]] += 1
                severities[finding["rule"]] = finding["severity"]
                projects[finding["rule"]].add(repository)
                path = named.get(finding["file"], finding["file"])
                keys = ("rule", "severity", "line", "message", "help")
                samples.append((path, dialect, *(finding[key] for key in keys)))
    print(f"{statements} statements\n\n| rule | severity | findings | for each 1,000 statements | repositories |\n| --- | --- | ---: | ---: | ---: |")
    for rule, count in rules.most_common():
        print(f"| {rule} | {severities[rule]} | {count} | {1000 * count / statements:.1f} | {len(projects[rule])} |")
    print(f"| all | | {sum(rules.values())} | {1000 * sum(rules.values()) / statements:.1f} | |")
    if "--sample" in sys.argv:
        at = sys.argv.index("--sample")
        random.seed(int(sys.argv[at + 2]))
        for path, dialect, rule, severity, line, message, help_text in random.sample(samples, min(int(sys.argv[at + 1]), len(samples))):
            print(f"\n{rule} [{severity}] {dialect} {path}:{line}\n  {message}\n  help: {help_text}")


if __name__ == "__main__":
    main()
