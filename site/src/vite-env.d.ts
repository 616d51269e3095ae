/// <reference types="vite/client" />
/// <reference types="svelte" />

declare module "virtual:examples" {
  const examples: { name: string; about: string; files: Record<string, string | { bytes: string }> }[];
  export default examples;
}
