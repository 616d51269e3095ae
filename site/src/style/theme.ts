/** Light or dark: as the system says, until the reader says otherwise. */
const KEY = "flightcheck.theme";

export type Theme = "light" | "dark";

const system = matchMedia("(prefers-color-scheme: dark)");

/** What the reader chose before; storage may be forbidden. */
function chosen(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === "light" || stored === "dark" ? stored : null;
  } catch {
    return null;
  }
}

export function theme(): Theme {
  return chosen() ?? (system.matches ? "dark" : "light");
}

function show(): void {
  document.documentElement.dataset.theme = theme();
}

export function choose(next: Theme): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds for this visit only.
  }
  document.documentElement.dataset.theme = next;
}

/** Call first on every page. */
export function followTheme(): void {
  show();
  system.addEventListener("change", show);
}
