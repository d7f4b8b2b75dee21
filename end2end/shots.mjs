// Takes pictures of a running server for people to look at: light and night, wide and narrow.
//
//   node shots.mjs --link http://127.0.0.1:3000/sign-in/… [--out FOLDER] [--full] [--noscript] PATH…
//   node shots.mjs --url http://127.0.0.1:3000 /status
//
// --link signs in once, for all pictures; --full takes the whole page, not only what is seen first.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { alive } from "./support/alive.mjs";

const { values, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    link: { type: "string" },
    url: { type: "string" },
    out: { type: "string", default: "shots" },
    full: { type: "boolean", default: false },
    noscript: { type: "boolean", default: false },
  },
});
const baseURL = values.url ?? (values.link && new URL(values.link).origin);
if (!baseURL || paths.length === 0) {
  console.error("usage: node shots.mjs (--link SIGN_IN_LINK | --url URL) [--out FOLDER] [--full] [--noscript] PATH…");
  process.exit(2);
}

const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES = { light: "light", night: "dark" };

const browser = await chromium.launch({
  executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
});
await mkdir(values.out, { recursive: true });
const storageState = values.link ? await signIn(values.link) : undefined;
for (const path of paths) {
  for (const [theme, colorScheme] of Object.entries(THEMES)) {
    for (const viewport of WIDTHS) {
      const javaScriptEnabled = !values.noscript;
      const context = await browser.newContext({ baseURL, viewport, colorScheme, storageState, javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(path);
      await settle(page);
      const name = path.replaceAll(/[^a-z0-9]+/gi, "-").replaceAll(/^-|-$/g, "") || "home";
      const file = join(values.out, `${name}.${theme}-${viewport.width}.png`);
      await page.screenshot({ path: file, fullPage: values.full });
      console.log(file);
      await context.close();
    }
  }
}
await browser.close();

async function signIn(link) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await settle(page);
  await page.getByRole("main").getByRole("button").click();
  await page.waitForURL((url) => !url.pathname.startsWith(new URL(link).pathname));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Waits for the app where there is one; a page that stays as it was sent is worth a picture too. */
async function settle(page) {
  if (values.noscript) return;
  await alive(page)
    .waitFor({ state: "attached", timeout: 5_000 })
    .catch(() => console.error(`${page.url()} did not come alive within 5 s; the picture shows it as it was sent`));
}
