"""What a real PostgreSQL says of pairs of scripts: both orders are applied, and what they leave is compared.

Usage: oracle.py CASES OUT [STRIDE]: with a stride only every so many pairs. Needs PGHOST, PGPORT and PGUSER of a server where databases may be made. Writes one folder for
each pair to OUT: base, a and b as SQL, and `verdict` with what the server says.
"""

import itertools
import pathlib
import re
import subprocess
import sys

PSQL = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"]
ROWS = """
SELECT c.oid::regclass, query_to_xml(format('SELECT to_jsonb(t)::text AS r FROM %s t ORDER BY 1', c.oid::regclass),
  false, true, '') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'
"""


def blocks(path):
    """The base of a file of cases, and its scripts by name."""
    found, name = {}, None
    for line in path.read_text().splitlines(keepends=True):
        if line.startswith("--- "):
            name = line[4:].strip()
            found[name] = ""
        else:
            found[name] += line
    return found.pop("base"), found


def psql(database, text):
    """Runs a script in one transaction, and says whether that worked."""
    run = subprocess.run([*PSQL, "-1", "-d", database], input=text, capture_output=True, text=True)
    return run.returncode == 0


def normalised(dump):
    """A dump without comments and settings, where the columns of a table, the grants and all statements stand in the order of
    their texts."""
    dump = re.sub(r"WITH \((\w+='[^)]*)\)", lambda found: "WITH (" + ", ".join(sorted(found[1].split(", "))) + ")", dump)
    kept = [line for line in dump.splitlines() if line and not line.startswith(("--", "SET ", "SELECT pg_catalog", "\\"))]
    statements, current = [], []
    for line in kept:
        current.append(line.rstrip().rstrip(","))
        if line.endswith(";"):
            first = current[0]
            if re.match(r"CREATE (UNLOGGED |FOREIGN )?TABLE", first) and len(current) > 2:
                current = [first, *sorted(current[1:-1]), current[-1]]
            statements.append("\n".join(current))
            current = []
    return sorted(statements)


class Server:
    """Databases made from the base of a file of cases."""

    def __init__(self, base):
        self.admin("DROP DATABASE IF EXISTS proof_base")
        self.admin("CREATE DATABASE proof_base")
        assert psql("proof_base", base), f"the base does not run:\n{base}"

    @staticmethod
    def admin(command):
        subprocess.run([*PSQL, "-d", "postgres", "-c", command], check=True, capture_output=True)

    def after(self, *scripts):
        """What the scripts leave, one after the other; None where one fails."""
        self.admin("DROP DATABASE IF EXISTS proof_pair")
        self.admin("CREATE DATABASE proof_pair TEMPLATE proof_base")
        if not all(psql("proof_pair", script) for script in scripts):
            return None
        dump = subprocess.run(["pg_dump", "--schema-only", "-d", "proof_pair"], check=True, capture_output=True, text=True)
        rows = subprocess.run([*PSQL, "-A", "-t", "-d", "proof_pair", "-c", ROWS], check=True, capture_output=True, text=True)
        return normalised(dump.stdout), sorted(rows.stdout.splitlines())


def verdict(alone_a, alone_b, ab, ba):
    """What two scripts are to each other."""
    if ab and ba:
        if ab[0] != ba[0]:
            return "conflicting"
        return "independent" if ab[1] == ba[1] else "rows"
    if not ab and not ba:
        # One that never works says nothing of the other.
        return "conflicting" if alone_a and alone_b else "broken"
    return "conflicting" if alone_a and alone_b else "dependent"


def equal(one, other):
    """Whether two ways to change a database leave the same schema."""
    if not one or not other:
        return "fails"
    return "same" if one[0] == other[0] else "different"


def main(cases, out, stride="1"):
    number = 0
    for path in sorted(pathlib.Path(cases).glob("*.sql")):
        base, scripts = blocks(path)
        server = Server(base)
        alone = {name: server.after(text) for name, text in scripts.items()}
        pairs = list(itertools.combinations(scripts.items(), 2))
        for (one, a), (other, b) in pairs[:: int(stride)]:
            ab, ba = server.after(a, b), server.after(b, a)
            folder = pathlib.Path(out) / f"{path.stem}.{one}.{other}"
            folder.mkdir(parents=True)
            for name, text in (("base", base), ("a", a), ("b", b)):
                (folder / f"{name}.sql").write_text(text)
            (folder / "verdict").write_text(verdict(alone[one], alone[other], ab, ba) + "\n")
            (folder / "equal").write_text(f"{equal(alone[one], alone[other])} {equal(ab, ba)}\n")
            number += 1
    print(f"{number} pairs applied in both orders")


if __name__ == "__main__":
    main(*sys.argv[1:])
