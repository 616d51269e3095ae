/** What is asked of the engine beside the report, asked again with each report. */

export interface Asked<Value> {
  readonly value: Value | null;
  readonly trouble: string;
}

/** Runs `ask` whenever what it reads has changed; an answer that comes too late is dropped, the old one stays meanwhile. */
export function asked<Value>(ask: () => Promise<Value> | null): Asked<Value> {
  let value = $state.raw<Value | null>(null);
  let trouble = $state("");
  $effect(() => {
    let current = true;
    ask()?.then(
      (found) => current && ([value, trouble] = [found, ""]),
      (error: Error) => current && ([value, trouble] = [null, error.message]),
    );
    return () => (current = false);
  });
  return {
    get value() {
      return value;
    },
    get trouble() {
      return trouble;
    },
  };
}
