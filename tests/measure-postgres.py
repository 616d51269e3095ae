"""Measures forms on a PostgreSQL server: one outcome a line, as in tests/oracle/postgres_more.jsonl.

Usage: measure-postgres.py SOCKET_FOLDER postgres-15 <tests/oracle/postgres_more.txt

A form is `setup @@ in the same transaction before @@ statement`, or the statement alone. The server has a database `fx`
with tests/oracle/fixture_postgres.sql in it, the roles app_ro and app_rw, and the tablespaces ts2 and ts3; it runs without
autovacuum and without parallel workers.
"""
import json, subprocess, sys

SOCKET, NAME = sys.argv[1], sys.argv[2]
LEFT_OUT = "n.nspname NOT IN ('pg_catalog', 'pg_toast', 'information_schema')"
PLAIN = "CASE WHEN {0} ~ '^[a-z_][a-z0-9_]*$' THEN {0} ELSE '\"' || {0} || '\"' END"
SNAPSHOT = f"""CREATE TEMP TABLE fc_pre AS SELECT c.oid, c.relfilenode AS file, c.relkind::text AS kind, c.reltuples,
  {PLAIN.format('n.nspname::text')} || '.' || {PLAIN.format('c.relname::text')} AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {LEFT_OUT} AND n.nspname !~ '^pg_temp';"""
LOCKS = """SELECT 'lock' || E'\\t' || p.name || E'\\t' || l.mode || E'\\t' || p.kind FROM pg_locks l JOIN fc_pre p ON p.oid = l.relation
  WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted;"""
FILES = f"""SELECT 'file' || E'\\t' || p.name || E'\\t' || p.kind || E'\\t' || pg_relation_size(c.oid) || E'\\t' || p.reltuples FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN fc_pre p ON p.name = {PLAIN.format('n.nspname::text')} || '.' || {PLAIN.format('c.relname::text')} WHERE c.relfilenode <> p.file AND c.relkind IN ('r', 'm', 'i');"""
SCANS = """SELECT 'scan' || E'\\t' || p.name FROM pg_stat_xact_user_tables s JOIN fc_pre p ON p.oid = s.relid
  WHERE p.reltuples >= 1000 AND s.seq_tup_read + coalesce(s.idx_tup_fetch, 0) >= 0.9 * p.reltuples;"""
MODES = ["AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
         "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]


def psql(database, script):
    command = ["psql", "-h", SOCKET, "-U", "postgres", "-qAtX", "-d", database, "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"]
    return subprocess.run(command, input=script, capture_output=True, text=True)


def outcome(setup, before, sql):
    psql("postgres", "DROP DATABASE IF EXISTS fc_case; CREATE DATABASE fc_case TEMPLATE fx;")
    if setup and psql("fc_case", setup).returncode:
        return {"sql": sql, "setup": [setup], "setup_failed": True}
    script = SNAPSHOT + "BEGIN;" + (before + ";\n" if before else "") + "\\o /dev/null\n" + sql + ";\n\\o\n" + LOCKS + FILES + SCANS
    ran = psql("fc_case", script + "ROLLBACK;")
    result = {"sql": sql}
    result.update({key: [value] for key, value in (("setup", setup), ("same_tx_before", before)) if value})
    if ran.returncode:
        error = next(line for line in ran.stderr.splitlines() if "ERROR:" in line)
        return result | {"error": error.split("ERROR:")[1].strip().replace(": ", " ", 1)[:160]}
    locks, kinds = {}, {}
    found = {"rewrites": [], "index_rebuilds": [], "truncated": [], "scans": []}
    for line in ran.stdout.splitlines():
        kind, name, *rest = line.split("\t")
        if kind == "lock":
            locks[name] = max(locks.get(name, rest[0]), rest[0], key=MODES.index)
            kinds[name] = rest[1]
        elif kind == "file":
            if rest[0] == "i":
                found["index_rebuilds"].append(name)
            elif rest[1] != "0":
                found["rewrites"].append(name)
            elif float(rest[2]) > 0:
                found["truncated"].append(name)
        elif kind == "scan":
            found["scans"].append(name)
    if "SET TABLESPACE" not in sql:
        found["scans"] = sorted(set(found["scans"]) | set(found["rewrites"]))
    return result | {"in_transaction_ok": True, "locks": locks, "kinds": kinds} | {key: sorted(value) for key, value in found.items() if value}


for number, line in enumerate(sys.stdin, 1):
    parts = [part.strip() for part in line.rstrip("\n").split("@@")]
    sql, setup, before = parts[-1], parts[0] if len(parts) > 1 else "", parts[1] if len(parts) > 2 else ""
    print(json.dumps({"id": f"own-{number:03}", "servers": [NAME]} | outcome(setup, before, sql), ensure_ascii=False))
