// Barriers for people with disabilities that a machine can see; zero is the only number that passes.

import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with rule, reason and place of every barrier on the page as it is now. */
export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(" ")}\n  ${node.failureSummary}`),
  );
  expect(found, `barriers on ${page.url()}`).toEqual([]);
}

/** The same for a page without scripts: axe is one, so it looks at a copy of the page in which only axe runs. */
export async function axeOnCopy(page: Page, browser: Browser): Promise<void> {
  const html = (await page.content())
    .replaceAll(/<script\b[^]*?<\/script>/g, "")
    .replaceAll(/<(\/?)noscript\b/g, "<$1div");
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ javaScriptEnabled: true, storageState });
  try {
    const copy = await context.newPage();
    await copy.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await copy.goto(page.url());
    await axe(copy);
  } finally {
    await context.close();
  }
}
