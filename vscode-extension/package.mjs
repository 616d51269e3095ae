// Packs the extension into dist/flightcheck.vsix, and fails where it is larger than it may be.
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

const LARGEST = 2_000_000;
const at = (path) => new URL(path, import.meta.url).pathname;
const vsix = at("dist/flightcheck.vsix");

// A package has its licence and its changes beside it; they are the project's.
const licences = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(at(`../${name}`), "utf8"));
writeFileSync(at("LICENSE"), `flightcheck is under either of two licences, at your choice.\n\n${licences.join("\n\n")}`);
copyFileSync(at("../CHANGELOG.md"), at("CHANGELOG.md"));
try {
  const options = ["package", "--no-dependencies", "--allow-star-activation", "--no-rewrite-relative-links", "-o", vsix];
  execFileSync(process.execPath, [at("node_modules/@vscode/vsce/vsce"), ...options], { cwd: at("."), stdio: ["ignore", "pipe", "inherit"] });
} finally {
  for (const name of ["LICENSE", "CHANGELOG.md"]) rmSync(at(name));
}
const { size } = statSync(vsix);
console.log(`flightcheck.vsix: ${size} bytes`);
if (size >= LARGEST) throw new Error(`the package has ${size} bytes; it may have ${LARGEST} at most`);
