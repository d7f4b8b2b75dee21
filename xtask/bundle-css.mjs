// Bundles and minifies one stylesheet: node bundle-css.mjs ENTRY OUTPUT
// A mistake in the CSS ends the build here, with file, line and column.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "lightningcss";

const [entry, output] = process.argv.slice(2);
// A comment that never ends swallows its file, and no parser minds.
for (const name of readdirSync(dirname(entry), { recursive: true })) {
  if (!name.endsWith(".css")) continue;
  const text = readFileSync(join(dirname(entry), name), "utf8");
  if (text.replaceAll(/\/\*[^]*?\*\//g, "").includes("/*")) {
    console.error(`${name}: a comment has no end`);
    process.exit(1);
  }
}
try {
  const { code, warnings } = bundle({ filename: entry, minify: true });
  for (const { message, loc } of warnings) console.error(`${loc?.filename ?? entry}:${loc?.line}: ${message}`);
  if (warnings.length > 0) process.exit(1);
  writeFileSync(output, code);
} catch (error) {
  const { fileName = entry, loc } = error;
  console.error(`${fileName}:${loc?.line ?? "?"}:${loc?.column ?? "?"}: ${error.message}`);
  process.exit(1);
}
