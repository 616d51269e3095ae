/** The page on accuracy as data. It is written by a test of the core and taken in when the site is built. */
import page from "../../../docs/accuracy.md?raw";

export interface Asked {
  name: string;
  right: number;
  of: number;
}

export interface Server {
  /** `postgres-15`. */
  name: string;
  statements: number;
  all: Asked;
  asked: Asked[];
}

export const servers: Server[] = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [, name, statements] = /^(\S+): (\d+) statements/.exec(section)!;
    const rows = [...section.matchAll(/^\| (\S+) \| (\d+) \| (\d+) \|/gm)];
    const asked = rows.map(([, name, right, of]) => ({ name, right: Number(right), of: Number(of) }));
    return { name, statements: Number(statements), all: asked.at(-1)!, asked: asked.slice(0, -1) };
  });

/** Rounded down, so that 100 % means all. */
export function share({ right, of }: Asked): string {
  return `${(Math.floor((right / of) * 1000) / 10).toFixed(1)} %`;
}
