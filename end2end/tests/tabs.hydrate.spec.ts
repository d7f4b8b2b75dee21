// One person with the room open in several tabs: what waits in each of them is sent once, and none of it is lost.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

// By its class: on a phone it lies behind a tab, where no role is found.
const log = (page: Page) => page.locator(".log");
const waiting = (page: Page) => page.getByRole("status").filter({ hasText: /^\d+ waiting/ });

/** Says something in the room, on whatever screen. */
async function say(page: Page, words: string) {
  const line = page.getByPlaceholder(/Say something/);
  if (!(await line.isVisible())) await page.getByRole("link", { name: /^Talk/ }).click();
  await line.fill(words);
  await line.press("Enter");
}

/** How often each of these words stands in the timeline as the server has it. */
async function times(page: Page, ...words: string[]) {
  const lines = await log(page).locator("li").allInnerTexts();
  return words.map((word) => lines.filter((line) => line.includes(word)).length);
}

test("tabs: what two tabs asked for without a line goes out once each", async ({ person, visit, declare, noise }) => {
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const nia = await person("responder", "Nia Offline");
  const otto = await person("responder", "Otto Online");
  const first = nia.page;
  const path = await declare(first, "Tabs: no line");
  const second = await first.context().newPage();
  await visit(second, path);
  await visit(otto.page, path);

  await first.context().setOffline(true);
  await say(first, "First tab, one");
  await say(second, "Second tab, one");
  await say(second, "/sev 2");
  await say(first, "First tab, two");
  await expect(waiting(first)).toContainText("2 waiting");
  await expect(waiting(second)).toContainText("2 waiting");
  await first.context().setOffline(false);

  const said = ["First tab, one", "First tab, two", "Second tab, one", "SEV 2"];
  await expect.poll(() => times(otto.page, ...said), { timeout: 30_000 }).toEqual([1, 1, 1, 1]);
  for (const tab of [first, second]) {
    await expect(waiting(tab)).toHaveCount(0);
    await expect.poll(() => times(tab, ...said)).toEqual([1, 1, 1, 1]);
  }
  // Nothing is left behind that a later visit would send again.
  await visit(second, path);
  await expect(waiting(second)).toHaveCount(0);
  await expect.poll(() => times(second, ...said)).toEqual([1, 1, 1, 1]);
  expect(await second.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(".waiting.")))).toEqual([]);
});

test("tabs: what waited in a tab that was closed is sent by another, and by two at once only once", async ({ person, visit, declare, noise }) => {
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED/);
  const nia = await person("responder", "Nia Offline");
  const otto = await person("responder", "Otto Online");
  const path = await declare(nia.page, "Tabs: one is closed");
  const context = nia.page.context();
  const closed = await context.newPage();
  await visit(closed, path);
  await visit(otto.page, path);

  await context.setOffline(true);
  await say(closed, "Said in the tab that was closed");
  await expect(waiting(closed)).toContainText("1 waiting");
  await closed.close();
  await say(nia.page, "Said in the tab that stayed");
  await expect(waiting(nia.page)).toContainText("1 waiting");

  // The line is back, but every answer is lost: what was carried out is asked for again, by each tab for itself.
  let lost = 0;
  await context.route("**/fn/execute", async (route) => {
    await route.fetch();
    lost += 1;
    await route.abort();
  });
  await context.setOffline(false);
  const tabs = [await context.newPage(), await context.newPage()];
  await Promise.all(tabs.map((tab) => visit(tab, path)));
  await expect.poll(() => lost, { timeout: 30_000 }).toBeGreaterThanOrEqual(4);
  await context.unroute("**/fn/execute");

  const said = ["Said in the tab that was closed", "Said in the tab that stayed"];
  for (const page of [...tabs, nia.page, otto.page]) {
    await expect(waiting(page)).toHaveCount(0);
    await expect.poll(() => times(page, ...said), { timeout: 30_000 }).toEqual([1, 1]);
  }
  await visit(otto.page, path);
  await expect.poll(() => times(otto.page, ...said)).toEqual([1, 1]);
});
