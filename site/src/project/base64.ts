/** Bytes as text, in the alphabet of addresses and without padding; both alphabets are read. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  // Arguments of a call are limited in number.
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Throws where it is no Base64. */
export function fromBase64(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
