// The update that two people write at once: starting again and putting back, and the components that customers read about.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const saved = (page: Page) => page.locator(".saved");
const situation = (page: Page) => page.locator("#situation");
const status = (page: Page, component: string) => page.getByRole("combobox", { name: `Status of ${component}` });
const row = (page: Page, component: string) => page.getByRole("row").filter({ hasText: component });

/** Two components of their own group, for one test. */
async function components(page: Page, visit: (page: Page, path: string) => Promise<void>) {
  const word = Math.random().toString(36).slice(2, 8);
  const names = [`Reads ${word}`, `Writes ${word}`];
  await visit(page, "/components");
  for (const name of names) {
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Group optional").fill(`Group ${word}`);
    await page.getByRole("button", { name: "Add component" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
  }
  return names;
}

test("update: starting again clears it for everybody, and putting back brings it back for everybody", async ({ person, visit, declare, hydrated, axe }) => {
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, "Update: start again");
  for (const { page } of [ines, bo]) await visit(page, `${path}/update`);
  await situation(ines.page).fill("Reads time out");
  await ines.page.locator("#message").fill("Some pages are slow.");
  await ines.page.locator("#send_public").uncheck();
  await expect(situation(bo.page)).toHaveValue("Reads time out");
  await expect(bo.page.locator("#send_public")).not.toBeChecked();

  await ines.page.getByRole("button", { name: "Start again" }).click();
  for (const { page } of [ines, bo]) {
    await expect(situation(page)).toHaveValue("");
    await expect(page.locator("#message")).toHaveValue("");
    await expect(page.locator("#send_public")).toBeChecked();
  }
  await expect(saved(ines.page)).toContainText("Started again");
  await axe(ines.page);

  // What is written meanwhile stays beside what is put back.
  await bo.page.locator("#needs").fill("A database person");
  await expect(ines.page.locator("#needs")).toHaveValue("A database person");
  await ines.page.getByRole("button", { name: "Put back what was written" }).click();
  for (const { page } of [ines, bo]) {
    await expect(situation(page)).toHaveValue("Reads time out");
    await expect(page.locator("#message")).toHaveValue("Some pages are slow.");
    await expect(page.locator("#send_public")).not.toBeChecked();
    await expect(page.locator("#needs")).toHaveValue("A database person");
  }
  await expect(saved(ines.page)).toContainText("Draft saved");
  await bo.page.reload();
  await hydrated(bo.page);
  await expect(situation(bo.page)).toHaveValue("Reads time out");
  await expect(bo.page.locator("#needs")).toHaveValue("A database person");
});

test("update: putting back never writes over what somebody else wrote meanwhile", async ({ person, visit, declare }) => {
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, "Update: put back over");
  for (const { page } of [ines, bo]) await visit(page, `${path}/update`);
  await situation(ines.page).fill("Ines thinks it is the cache");
  await expect(situation(bo.page)).toHaveValue("Ines thinks it is the cache");
  await ines.page.getByRole("button", { name: "Start again" }).click();
  await expect(situation(bo.page)).toHaveValue("");
  await situation(bo.page).fill("Bo knows it is DNS");
  await expect(situation(ines.page)).toHaveValue("Bo knows it is DNS");

  await ines.page.getByRole("button", { name: "Put back what was written" }).click();
  const both = ines.page.getByRole("group", { name: "Two texts for one field" });
  await expect(both).toContainText("Written by Bo Larch meanwhile");
  await expect(both).toContainText("Bo knows it is DNS");
  await expect(both).toContainText("Ines thinks it is the cache");
  await expect(situation(bo.page)).toHaveValue("Bo knows it is DNS");
  await both.getByRole("button", { name: "Keep mine" }).click();
  await expect(situation(bo.page)).toHaveValue("Ines thinks it is the cache");
});

test("update: affected components follow what another person chooses, and what the room says", async ({ person, visit, declare, axe }) => {
  const ines = await person("admin", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const [reads, writes] = await components(ines.page, visit);
  const path = await declare(ines.page, "Update: components");
  for (const { page } of [ines, bo]) {
    await visit(page, `${path}/update`);
    await page.getByText("Add a component").click();
  }

  // Each chooses one, and sees the other's.
  await status(bo.page, reads).selectOption("Slow");
  await expect(status(ines.page, reads)).toHaveValue(await status(bo.page, reads).inputValue());
  await expect(status(ines.page, reads)).not.toHaveValue("same");
  await status(ines.page, writes).selectOption("Down");
  await expect(status(bo.page, writes)).toHaveValue(await status(ines.page, writes).inputValue());
  await expect(status(bo.page, writes)).not.toHaveValue("same");
  await expect(status(bo.page, reads).locator("option:checked")).toHaveText("Slow");
  // Not with half a button under the bar that stands at the bottom.
  await bo.page.evaluate(() => scrollTo(0, 0));
  await axe(bo.page);
  // Taken back by one, it is taken back for both.
  await status(ines.page, reads).selectOption("Not named");
  await expect(status(bo.page, reads)).toHaveValue("same");

  // Said in the room, it is what the update begins with, and the draft of the other component stays.
  const room = await ines.page.context().newPage();
  await visit(room, path);
  const work = room.getByRole("link", { name: /^Work/ });
  if (await work.isVisible()) await work.click();
  await room.getByText("Change what is affected").click();
  await room.getByLabel(reads).selectOption("Partly down");
  await room.getByRole("button", { name: "Set affected components" }).click();
  for (const { page } of [ines, bo]) {
    await expect(row(page, reads)).toContainText("now Partly down");
    await expect(status(page, reads).locator("option:checked")).toHaveText("Partly down");
    await expect(status(page, writes).locator("option:checked")).toHaveText("Down");
  }

  // And so it goes out.
  await bo.page.locator("#send_sitrep").uncheck();
  await bo.page.locator("#message").fill("Reads and writes fail.");
  await bo.page.getByRole("button", { name: /^Publish/ }).click();
  await bo.page.waitForURL((url) => url.pathname === path);
  await expect(bo.page.locator("#work")).toContainText(reads);
  for (const [component, words] of [[reads, "Partly down"], [writes, "Down"]]) {
    await expect(bo.page.locator("#work").getByRole("listitem").filter({ hasText: component }).first()).toContainText(words);
  }
});
