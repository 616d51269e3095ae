/** Why a dialect's locks are not told; null where they are. Silence must not read as "nobody waits". */
import { nameOf } from "../../findings/dialects";

const TOLD = ["postgres", "mysql", "mariadb", "sqlserver", "oracle"];

export function untold(dialect: string | undefined): string | null {
  if (dialect === undefined || TOLD.includes(dialect)) return null;
  if (dialect === "generic") return "Nothing says whose SQL this is, so its locks are not known. It can be said in the settings.";
  // sqlite.org, "File Locking And Concurrency In SQLite Version 3".
  if (dialect === "sqlite") {
    return "SQLite has no locks on single tables: whoever writes locks the whole file until the transaction ends.";
  }
  return `The locks of ${nameOf(dialect)} are not known here.`;
}
