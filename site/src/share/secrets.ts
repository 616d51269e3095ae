/**
 * What nobody may find in a link: passwords and tokens in settings, credentials in addresses.
 *
 * Only values are replaced, so that a reader still sees that there was one, and everything else stays where it is.
 */

/** Stands where a secret was. */
export const REMOVED = "removed";

/** Words that make a key's value a secret: `flyway.password`, `flyway.vault.token`, `DB_PWD`, `licenseKey`. */
const SECRET = "pass|pwd|secret|token|credential|keytab|(?:api|access|private|license)[._-]?key";
const SECRET_KEY = new RegExp(SECRET, "i");

/** A text without secrets, and how many there were. */
export interface Cleaned {
  text: string;
  removed: number;
}

/** What stands between `//` and `@`; Oracle has it before an `@` alone; parameters after `?`, `&` and `;`. */
const ADDRESSES = [
  /((?:[a-z][\w+.-]*:)+\/\/)([^\s/@"']+)(@)/gi,
  /(jdbc:oracle:\w+:)([^\s/@"']+\/[^\s@"']*)(@)/gi,
  new RegExp(`([?&;,]\\s*(?:[\\w.-]*(?:${SECRET})[\\w.-]*|user|username|uid)\\s*=\\s*)([^&;,\\s"']+)()`, "gi"),
];

/** A key and its value on a line of `.conf`, `.toml`, `.properties`, `.env`, YAML or JSON; also one put in comments. */
const LINE = /^(\s*(?:[#;!]+\s*)?(?:export\s+)?["']?)([\w.$ "'-]*?[\w"'])(\s*[=:]\s*)(.*?)(\s*,?\s*)$/;
/** The same inside `{ … }` on one line. */
const MEMBER = /([{,]\s*)(["']?[\w.-]+["']?)(\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^']*')/g;

/** Settings without secrets. Values that go on over several lines are taken away as a whole. */
export function withoutSecrets(text: string): Cleaned {
  let removed = 0;
  const hidden = (value: string) => {
    if (/^["']*["']*$/.test(value) || value.includes(REMOVED)) return value;
    removed += 1;
    return /^["'[{]/.test(value) ? `"${REMOVED}"` : REMOVED;
  };
  const lines = text.split(/(?<=\n)/);
  let kept = "";
  for (let at = 0; at < lines.length; at++) {
    const [, line, end] = /^(.*?)(\r?\n?)$/s.exec(lines[at])!;
    const [, before, key, sign, value, after] = LINE.exec(line) ?? [];
    if (key !== undefined && SECRET_KEY.test(key)) {
      at = lastLine(lines, at, value);
      kept += before + key + sign + hidden(value) + after + end;
    } else {
      const member = (whole: string, before: string, key: string, sign: string, value: string) =>
        SECRET_KEY.test(key) ? before + key + sign + hidden(value) : whole;
      kept += line.replace(MEMBER, member) + end;
    }
  }
  for (const address of ADDRESSES) {
    kept = kept.replace(address, (_, before: string, secret: string, after: string) => before + hidden(secret) + after);
  }
  return { text: kept, removed };
}

/** The line on which a value ends: long strings and arrays of TOML, and lines that end in a backslash. */
function lastLine(lines: string[], at: number, value: string): number {
  const open = /^("""|'''|\[)/.exec(value)?.[1];
  const close = open === "[" ? "]" : open;
  if (open && close && !value.slice(open.length).includes(close)) {
    const end = lines.findIndex((line, other) => other > at && line.includes(close));
    return end < 0 ? lines.length - 1 : end;
  }
  let last = at;
  while (/\\\r?\n$/.test(lines[last])) last += 1;
  return Math.min(last, lines.length - 1);
}
