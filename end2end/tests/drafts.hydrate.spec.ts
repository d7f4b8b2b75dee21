// Several people write one update, and whatever goes wrong on the way, nothing is lost, overwritten or sent twice.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const saved = (page: Page) => page.locator(".saved");
const situation = (page: Page) => page.locator("#situation");

/** Types at the end of a field as a person does, letter by letter. */
async function type(page: Page, field: string, words: string) {
  await page.locator(field).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

test("drafts: two people in different fields see each other's text and who is writing", async ({ person, visit, declare, axe }) => {
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, "Drafts: two fields");
  await visit(ines.page, `${path}/update`);
  await visit(bo.page, `${path}/update`);
  await type(ines.page, "#situation", "Reads time out");
  await expect(situation(bo.page)).toHaveValue("Reads time out");
  await expect(bo.page.getByText("Ines Alder is writing here")).toBeVisible();
  await type(bo.page, "#needs", "A database person");
  await expect(ines.page.locator("#needs")).toHaveValue("A database person");
  await expect(ines.page.getByText("Bo Larch is writing here")).toBeVisible();
  await axe(ines.page);
  await expect(saved(ines.page)).toContainText("Draft saved");
  // It goes away when they stop.
  await expect(ines.page.getByText("is writing here")).toHaveCount(0, { timeout: 15_000 });

  // A tick and a choice are shared too, and the update clears all of it for both.
  await ines.page.locator("#send_public").uncheck();
  await expect(bo.page.locator("#send_public")).not.toBeChecked();
  await bo.page.getByRole("button", { name: /^Send sitrep 1/ }).click();
  await bo.page.waitForURL((url) => url.pathname === path);
  await expect(bo.page.getByRole("main")).toContainText("A database person");
  await expect(ines.page.locator("#send_public")).toBeChecked();
  await expect(saved(ines.page)).not.toContainText("Draft saved");
});

test("drafts: two people in one field see both texts and choose", async ({ person, visit, declare, axe, noise }) => {
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, "Drafts: one field");
  await visit(ines.page, `${path}/update`);
  await visit(bo.page, `${path}/update`);
  await expect(bo.page.locator(".conn")).toContainText("Live");
  // Both type before either hears of the other.
  await bo.page.context().setOffline(true);
  await situation(bo.page).fill("Bo thinks it is DNS");
  await situation(ines.page).fill("Ines thinks it is the cache");
  await expect(saved(ines.page)).toContainText("Draft saved");
  await expect(saved(bo.page)).toContainText("1 field waits");
  await bo.page.context().setOffline(false);
  const both = bo.page.getByRole("group", { name: "Two texts for one field" });
  await expect(both).toContainText("Written by Ines Alder meanwhile", { timeout: 30_000 });
  await expect(both).toContainText("Ines thinks it is the cache");
  await expect(both).toContainText("Bo thinks it is DNS");
  await expect(situation(bo.page)).toHaveValue("Bo thinks it is DNS");
  await expect(situation(ines.page)).toHaveValue("Ines thinks it is the cache");
  await axe(bo.page);
  await both.getByRole("button", { name: "Keep mine" }).click();
  await expect(situation(ines.page)).toHaveValue("Bo thinks it is DNS");
  await expect(both).toHaveCount(0);
});

test("drafts: a reload, a cut line, a dead server and an ended session lose nothing", async ({ person, visit, declare, hydrated, muster, noise }) => {
  test.setTimeout(120_000);
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|status of 401/);
  const ines = await person("responder", "Ines Alder");
  const { page } = ines;
  const path = await declare(page, "Drafts: nothing lost");
  await visit(page, `${path}/update`);
  await situation(page).fill("One");
  await expect(saved(page)).toContainText("Draft saved");

  await page.context().setOffline(true);
  await type(page, "#situation", " Two");
  await expect(saved(page)).toContainText("1 field waits for the server");
  await page.context().setOffline(false);
  await expect(saved(page)).toContainText("Draft saved", { timeout: 30_000 });

  await muster.kill();
  await type(page, "#situation", " Three");
  await expect(saved(page)).toContainText("1 field waits for the server");
  await muster.start();
  await page.reload();
  await hydrated(page);
  await expect(situation(page)).toHaveValue("One Two Three");
  await expect(saved(page)).toContainText("Draft saved", { timeout: 30_000 });

  // Signed out in another tab: what is typed stays in this browser, for her and for nobody else.
  const tab = await page.context().newPage();
  await visit(tab, "/devices");
  await tab.context().clearCookies();
  await tab.close();
  await type(page, "#situation", " Four");
  await expect(saved(page)).toContainText("1 field waits for the server");
  const bo = await muster.addPerson("bo-next@example.org", "Bo Larch", "responder");
  await page.goto(bo);
  await page.getByRole("main").getByRole("button").click();
  await page.waitForURL((url) => url.pathname === "/");
  await visit(page, `${path}/update`);
  await expect(situation(page)).toHaveValue("One Two Three");
  await page.context().clearCookies();
  const again = new URL((await muster.run("user", "add", ines.email, "--name", ines.name, "--role", "responder")).match(/https?:\/\/\S+/)![0]);
  await page.goto(again.pathname);
  await page.getByRole("main").getByRole("button").click();
  await page.waitForURL((url) => url.pathname === "/");
  await visit(page, `${path}/update`);
  await expect(situation(page)).toHaveValue("One Two Three Four");
  await expect(saved(page)).toContainText("Draft saved");
});

test("drafts: a refused send keeps everything, and starting again can be taken back", async ({ person, visit, declare, hydrated, noise }) => {
  noise.allow(/status of 422/);
  const { page } = await person("responder", "Ines Alder");
  const path = await declare(page, "Drafts: refused");
  await visit(page, `${path}/update`);
  await situation(page).fill("Worth keeping");
  await page.locator("#send_public").uncheck();
  await expect(saved(page)).toContainText("Draft saved");
  await page.route("**/fn/execute", (route) => route.fulfill({ status: 422, contentType: "application/json", headers: { serverfnerror: "/fn/" }, body: JSON.stringify({ error: "forbidden", words: "Not now." }) }));
  await page.getByRole("button", { name: /^Send sitrep 1/ }).click();
  await expect(page.getByRole("alert")).toContainText("Not now.");
  await page.unroute("**/fn/execute");
  await page.reload();
  await hydrated(page);
  await expect(situation(page)).toHaveValue("Worth keeping");
  await page.getByRole("button", { name: "Start again" }).click();
  await expect(situation(page)).toHaveValue("");
  await page.waitForTimeout(1_500);
  await page.getByRole("button", { name: "Put back what was written" }).click();
  await expect(situation(page)).toHaveValue("Worth keeping");
  await page.waitForTimeout(1_500);
  await page.reload();
  await hydrated(page);
  await expect(situation(page)).toHaveValue("Worth keeping");
});

test("drafts: an update whose answer is lost stands once", async ({ person, visit, declare, noise }) => {
  noise.allow(/ERR_FAILED/);
  const { page } = await person("responder", "Ines Alder");
  const path = await declare(page, "Drafts: lost answer");
  await visit(page, `${path}/update`);
  await situation(page).fill("Sent into the dark");
  await page.locator("#send_public").uncheck();
  let lost = 0;
  await page.route("**/fn/execute", async (route) => {
    // It arrives, and the answer does not.
    if (lost++ === 0) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  const send = page.getByRole("button", { name: /^Send sitrep 1/ });
  await send.click();
  await expect(async () => {
    if (await send.isVisible()) await send.click({ timeout: 1_000 });
    await page.waitForURL((url) => url.pathname === path, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("main")).toContainText("Sent into the dark");
  await visit(page, `${path}/sitreps`);
  await expect(page.getByRole("main")).toContainText("Sitrep 1");
  await expect(page.getByRole("main")).not.toContainText("Sitrep 2");

  // The same for what is said in the room.
  lost = 0;
  await visit(page, path);
  const say = page.getByPlaceholder(/Say something/);
  if (!(await say.isVisible())) await page.getByRole("link", { name: /^Talk/ }).click();
  await say.fill("Said into the dark");
  await say.press("Enter");
  await expect.poll(() => lost, { timeout: 30_000 }).toBe(2);
  await visit(page, path);
  await expect(page.getByRole("main").getByText("Said into the dark")).toHaveCount(1);
});
