#!/usr/bin/env python3
"""How often each rule speaks on real migrations: findings for each 1,000 statements, by rule.

Usage: noise.py FLIGHTCHECK CORPUS [--sample N SEED]

CORPUS has a `manifest.tsv` whose columns are: set, repository, dialect, layout, bytes, path. The scripts of each
repository and dialect become migrations of the tool that the layout is of, in the order of their names (of sqitch: of a
`sqitch.plan` above them), down scripts left out, so that each is a deployment of its own over those before it. Prints a
Markdown table, and with --sample that many findings drawn by lot.
"""
import collections, json, pathlib, random, re, subprocess, sys, tempfile

DIALECTS = {"postgres": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "sqlserver": "sqlserver", "oracle": "oracle"}
DOWN = re.compile(r"(\.down\.|_down\.|/down\.sql$|/U[0-9]|\.undo\.|rollback|/revert/|/verify/|/LATEST)", re.I)
# Names by which a tool is recognised, with the files beside that help; else the scripts are numbered, and run as they are.
NAMES = {
    "flyway": ("sql/V{}__{}.sql", {"flyway.conf": "flyway.locations=filesystem:sql\n"}),
    "goose": ("sql/{}_script.sql", {}),
    "dbmate": ("sql/{}_script.sql", {}),
    "graphile": ("committed/{}.sql", {}),
    "golang": ("sql/{}_script.up.sql", {}),
    "pop": ("sql/{}_script.up.sql", {}),
    "sqlx": ("sql/{}_script.sql", {"Cargo.toml": ""}),
    "diesel": ("sql/{}_script/up.sql", {}),
    "prisma": ("sql/{}_script/migration.sql", {}),
    "drizzle": ("sql/{}_script.sql", {"sql/meta/_journal.json": "{}"}),
    "supabase": ("supabase/migrations/{}_script.sql", {}),
}


def order(path, layout):
    """The order of the tool: by the version in Flyway's names, by the numbers in other names, or by the names as they are."""
    name = path.rsplit("/", 1)[-1]
    if "flyway" in layout:
        return [int(part) for part in re.findall(r"\d+", name.split("__")[0])]
    if layout == "diesel":
        return path.replace("-", "")
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path)] if "numbered" in layout else path


def planned(corpus, path):
    """The place of a script in the plan of sqitch above it; `None` where the plan does not name it."""
    folder, _, change = path.partition("/deploy/")
    plan = (corpus / folder / "sqitch.plan").read_text().splitlines()
    words = [line.split()[0] for line in plan if line.strip() and line[0] not in "%#@"]
    name = change.removesuffix(".sql").split("@")[0]
    if name not in words:
        return None
    last = len(words) - 1 - words[::-1].index(name)
    return words.index(name) if "@" in change else last


def scripts(corpus):
    groups = collections.defaultdict(list)
    for line in (corpus / "manifest.tsv").read_text().splitlines()[1:]:
        _, repository, dialect, layout, _, path = line.split("\t")
        if dialect in DIALECTS and not DOWN.search(path) and not re.search(r"/[RBU]\w*__", path):
            # Scripts of one history may lie in a folder for each version.
            folder = re.sub(r"(/v?[0-9][0-9.]*)+$", "", path.rsplit("/", 1)[0]) if "flyway" in layout or layout == "sqlx" else repository
            dialect = "mariadb" if "/mariadb/" in path else dialect
            place = planned(corpus, path) if layout == "sqitch" else order(path, layout)
            if place is not None:
                groups[repository, DIALECTS[dialect], folder, re.match("[a-z]+", layout)[0]].append((place, path))
    # Migrations in code are none of the manifest; that they are there is all that counts.
    for (_, _, _, tool), paths in groups.items():
        folders = {(corpus / path).parent for _, path in paths if tool == "goose"}
        paths.extend((str(code.relative_to(corpus)),) * 2 for folder in folders for code in folder.glob("[0-9]*.go"))
    return groups


def project(corpus, paths, tool, folder):
    name, beside = NAMES.get(tool, ("sql/{}_script.sql", {}))
    for path, text in beside.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    named = {}
    for number, (_, path) in enumerate(sorted(paths), 1):
        # What Flyway takes for a description says what a baseline is.
        script = name.format(f"{number:05}", pathlib.Path(path).stem.partition("__")[2]).replace(".sql", pathlib.Path(path).suffix)
        (folder / script).parent.mkdir(parents=True, exist_ok=True)
        (folder / script).write_bytes((corpus / path).read_bytes())
        metadata = (corpus / path).parent / "metadata.toml"
        if tool == "diesel" and metadata.exists():
            (folder / script).with_name("metadata.toml").write_bytes(metadata.read_bytes())
        named[script] = path
    return named


def main():
    flightcheck, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    rules, projects, statements, samples = collections.Counter(), collections.defaultdict(set), 0, []
    severities = {}
    for (repository, dialect, _, tool), paths in sorted(scripts(corpus).items()):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            named = project(corpus, paths, tool, folder)
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
