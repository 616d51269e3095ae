"""Real servers for the proofs of undo scripts: a fresh database, a script, a dump of the schema that can be compared."""

import os
import re
import subprocess

WORK = os.environ.get("WORK", "")


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


class Postgres:
    """PGHOST and its like say where."""

    def create(self, name):
        run(["dropdb", "--if-exists", name])
        run(["createdb", name])

    def apply(self, name, script):
        """What the server refuses; nothing where all ran. The whole script runs in a transaction, as Flyway does it."""
        done = run(["psql", "-X", "-q", "-d", name, "-v", "ON_ERROR_STOP=1", "-1", "-f", "-"], script)
        if "cannot run inside a transaction block" in done.stderr:
            done = run(["psql", "-X", "-q", "-d", name, "-v", "ON_ERROR_STOP=1", "-f", "-"], script)
        return done.stderr.strip() if done.returncode else ""

    def dump(self, name):
        text = run(["pg_dump", "--schema-only", "-d", name]).stdout
        lines = [line for line in text.splitlines() if not line.startswith(("--", "SET ", "\\", "SELECT pg_catalog"))]
        return blocks("\n".join(lines))


class Mariadb:
    client = ["mariadb", "--no-defaults", f"--socket={os.environ.get('SOCKET', '')}", "--user=root"]

    def create(self, name):
        run([*self.client, "-e", f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name}"])

    def apply(self, name, script):
        done = run([*self.client, name], script)
        return done.stderr.strip() if done.returncode else ""

    def dump(self, name):
        flags = ["--no-data", "--routines", "--triggers", "--events", "--skip-comments", "--skip-dump-date"]
        socket = self.client[1:]
        text = run(["mariadb-dump", *socket, *flags, name]).stdout
        text = re.sub(r" AUTO_INCREMENT=\d+", "", text)
        text = re.sub(r"/\*!50017 DEFINER=\S+\*/|DEFINER=\S+", "", text)
        lines = [line for line in text.splitlines() if not line.startswith(("/*!40", "/*M!", "SET ", "/*!50003 SET", "/*!50001 SET"))]
        return blocks("\n".join(lines))


class Sqlite:
    def path(self, name):
        return f"{WORK}/{name}.db"

    def create(self, name):
        if os.path.exists(self.path(name)):
            os.remove(self.path(name))

    def apply(self, name, script):
        script = script if re.search(r"\bcommit\b|\bpragma\b", script, re.I) else f"BEGIN;\n{script}\nCOMMIT;\n"
        done = run(["sqlite3", "-bail", self.path(name)], script)
        return done.stderr.strip() if done.returncode or "rror" in done.stderr else ""

    def dump(self, name):
        """The server keeps the texts as they were written and edited, so what they mean is asked for."""
        ask = lambda sql: run(["sqlite3", "-batch", self.path(name), sql]).stdout.splitlines()
        facts = []
        for table in ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
            facts.append(f"table {table}")
            facts += sorted(f"{table} column {row.split('|', 1)[1].lower()}" for row in ask(f'PRAGMA table_xinfo("{table}")'))
            facts += sorted(f"{table} key {row.split('|', 2)[2]}" for row in ask(f'PRAGMA foreign_key_list("{table}")'))
            for row in ask(f'PRAGMA index_list("{table}")'):
                _, index, unique, origin, partial = row.split("|")
                columns = ",".join(part.split("|", 2)[2] for part in ask(f'PRAGMA index_xinfo("{index}")'))
                shown = index if origin == "c" else "(own)"
                facts.append(f"{table} index {shown} {unique} {origin} {partial} {columns}")
            text = " ".join(" ".join(ask(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")).split())
            checks = re.findall(r"CHECK\s*\((?:[^()]|\([^()]*\))*\)", text, re.I)
            facts += sorted(f"{table} {re.sub(r'[^a-z0-9_<>=]', '', check.lower())}" for check in checks)
            facts += [f"{table} {word}" for word in ("without rowid", "strict", "autoincrement") if word in text.lower()]
        texts = "SELECT type || ' ' || replace(replace(sql, char(10), ' '), ';', '') FROM sqlite_master WHERE sql NOT NULL AND type != 'table'"
        spelled = lambda text: re.sub(r"\s*([(),=])\s*", r"\1", re.sub(r'["`]|if not exists ', "", " ".join(text.lower().split())))
        facts += [spelled(text) for text in ask(texts)]
        return sorted(facts)


def blocks(text):
    """The statements of a dump; the lines of each table sorted, as the order of its columns does not count."""
    found = []
    for block in re.split(r";\n", text):
        lines = [line.strip().rstrip(",") for line in block.splitlines() if line.strip()]
        if lines and lines[0].startswith("CREATE TABLE"):
            lines = [lines[0], *sorted(lines[1:])]
        if lines:
            found.append("\n".join(lines))
    return sorted(found)


def first_difference(before, after):
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    return f"before: {gone[:1]} after: {new[:1]}"


def server(dialect):
    return {"postgres": Postgres, "mariadb": Mariadb, "sqlite": Sqlite}[dialect]()
