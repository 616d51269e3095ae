/** Whose SQL there is, by the names that people use. */
import type { Dialect } from "flightcheck-wasm";

export const DIALECTS: Record<Exclude<Dialect, "generic">, string> = {
  postgres: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
  sqlserver: "SQL Server",
  oracle: "Oracle",
  sqlite: "SQLite",
  h2: "H2",
};

export const nameOf = (dialect: string): string => DIALECTS[dialect as keyof typeof DIALECTS] ?? "any SQL";
