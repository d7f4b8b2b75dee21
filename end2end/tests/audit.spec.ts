// Who did what outside incidents: administrators read it, by person, as far back as it goes.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const word = () => Math.random().toString(36).slice(2, 8);
const rows = (page: Page) => page.getByRole("table", { name: "Who did what" }).getByRole("row");

/** Changes the settings by a plain form, as the page does, so and so often. */
async function changeSettings(page: Page, times: number) {
  await page.goto("/settings");
  const organisation = await page.getByLabel("Organisation").inputValue();
  for (let time = 0; time < times; time += 1) {
    const form = { do: "settings", part: "names", organisation: time % 2 ? organisation : `${organisation}.` };
    const answer = await page.request.post("/settings", { form, headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
    expect(answer.status()).toBe(303);
  }
}

test("the log is read by person, page by page, and by administrators only", async ({ person, visit, axe, noise }) => {
  noise.allow(/Failed to load resource: .* 403/);
  const ada = await person("admin", `Ada Audit ${word()}`);
  const bea = await person("admin", `Bea Audit ${word()}`);
  const { page } = ada;
  await changeSettings(page, 52);
  await changeSettings(bea.page, 2);

  await visit(page, "/audit");
  await expect(rows(page).filter({ hasText: ada.name })).not.toHaveCount(0);
  await expect(rows(page).filter({ hasText: `${bea.name} changed the settings: organisation.` })).toHaveCount(2);
  await axe(page);

  await page.getByLabel("Done by").selectOption({ label: bea.name });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/\/audit\?by=/);
  // Two changes, and that she signed in.
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByRole("table")).toContainText(`Somebody signed in as ${bea.name} by a link`);
  await expect(page.getByRole("table")).not.toContainText(ada.name);
  await expect(page.getByLabel("Done by").locator("option:checked")).toHaveText(bea.name);
  await axe(page);

  // The older half of a long list is by the same person.
  await page.getByLabel("Done by").selectOption({ label: ada.name });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(rows(page)).toHaveCount(51);
  await expect(page.getByRole("table")).not.toContainText(bea.name);
  await page.getByRole("link", { name: "Older" }).click();
  await page.waitForURL(/by=.*&before=\d+/);
  await expect(rows(page)).toHaveCount(4);
  await expect(page.getByRole("table")).not.toContainText(bea.name);
  await expect(page.getByRole("link", { name: "Older" })).toHaveCount(0);

  await page.getByLabel("Done by").selectOption({ label: "Everybody" });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("table")).toContainText(bea.name);

  // Somebody who has never been here: said so, with the way back.
  const absent = `Abel Absent ${word()}`;
  await visit(page, "/people");
  await page.getByLabel("Name", { exact: true }).fill(absent);
  await page.getByLabel("E-mail").fill(`${word()}@example.org`);
  await page.getByRole("button", { name: "Invite and show the link" }).click();
  await expect(page.getByRole("group", { name: "Shown once" })).toContainText(absent);
  await visit(page, "/audit");
  await page.getByLabel("Done by").selectOption({ label: absent });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("status")).toContainText(`${absent} has done nothing outside incidents.`);
  await axe(page);
  await page.getByRole("link", { name: "Show everybody" }).click();
  await expect(page.getByRole("table")).toContainText(bea.name);
  await expect(page.getByLabel("Done by")).toHaveValue("");

  const reader = await person("reader");
  await reader.page.goto("/audit");
  await expect(reader.page.getByRole("main")).toContainText("Only administrators see who did what");
  await visit(reader.page, "/devices");
  await expect(reader.page.getByRole("link", { name: "Who did what" })).toHaveCount(0);
});
