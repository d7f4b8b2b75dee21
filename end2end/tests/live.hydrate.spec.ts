// Two people in two browsers, and a customer: everybody's screen moves without a reload.

import { expect, test } from "../fixtures";

test("what one does, the others see", async ({ person, visit, declare, page }, info) => {
  test.setTimeout(120_000);
  const mark = `${info.project.name}-${info.workerIndex}`;
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, `Live ${mark}`);

  await visit(bo.page, path);
  await visit(page, "/status");
  await bo.page.evaluate(() => Object.assign(window, { here: true }));
  await page.evaluate(() => Object.assign(window, { here: true }));

  // A note, typed as a person types it.
  const say = ines.page.getByPlaceholder(/Say something/);
  if (!(await say.isVisible())) await ines.page.getByRole("link", { name: /^Talk/ }).click();
  await say.fill(`Hello from ${mark}`);
  await say.press("Enter");
  await expect(bo.page.locator("body")).toContainText(`Hello from ${mark}`);

  // A slash command moves the other's header.
  await say.fill("/sev 2");
  await say.press("Enter");
  await expect(bo.page.locator("header.inc")).toContainText("SEV 2");

  // A word to customers moves the public page.
  await visit(ines.page, `${path}/update`);
  await ines.page.locator("#message").fill(`Public word ${mark}`);
  await ines.page.locator("#send_sitrep").uncheck();
  await ines.page.getByRole("button", { name: /^Publish/ }).click();
  await expect(page.getByText(`Public word ${mark}`)).toBeVisible();

  // Nobody reloaded.
  for (const browser of [bo.page, page]) {
    expect(await browser.evaluate(() => "here" in window)).toBe(true);
  }
});

test("a reload in the middle of the form loses nothing", async ({ person, visit, declare, hydrated }) => {
  const { page } = await person("responder");
  const path = await declare(page, "Draft");
  await visit(page, `${path}/update`);
  const typed = "Half a sentence </textarea><script>alert(1)</script>";
  await page.locator("#situation").fill(typed);
  await page.waitForTimeout(500);
  await page.reload();
  await hydrated(page);
  await expect(page.locator("#situation")).toHaveValue(typed);
});
