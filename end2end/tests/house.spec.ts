// People, components, settings, devices: all of it by plain forms, so with scripts and without.

import { expect, test } from "../fixtures";

test("an administrator invites somebody, who gets in by the link and may read", async ({ person, visit, browser, muster, axe }) => {
  const { page } = await person("admin");
  await visit(page, "/people");
  const name = `Ivy Invited ${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail").fill(`${name.split(" ").at(-1)}@example.org`);
  await page.getByText("Reader", { exact: true }).first().click();
  await page.getByRole("button", { name: "Invite and show the link" }).click();
  const once = page.getByRole("group", { name: "Shown once" });
  await expect(once).toContainText(name);
  await axe(page);
  const link = await once.locator("code").innerText();

  const context = await browser.newContext({ baseURL: muster.url });
  const guest = await context.newPage();
  await guest.goto(new URL(link).pathname);
  await guest.getByRole("button", { name: `Sign in as ${name}` }).click();
  await visit(guest, "/people");
  await expect(guest.getByRole("row").filter({ hasText: name })).toContainText("you");
  await expect(guest.getByText("Administrators change this")).toBeVisible();
  await expect(guest.getByRole("button", { name: "Invite and show the link" })).toHaveCount(0);
  await context.close();

  await visit(page, "/people");
  await page.getByRole("button", { name: `Switch off ${name}` }).click();
  await expect(page.getByRole("button", { name: `Switch on ${name}` })).toBeVisible();
});

test("components are added in groups, moved, renamed and removed", async ({ person, visit, axe }) => {
  const { page } = await person("admin");
  await visit(page, "/components");
  const word = Math.random().toString(36).slice(2, 8);
  const add = async (name: string) => {
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Group optional").fill(`Group ${word}`);
    await page.getByRole("button", { name: "Add component" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
  };
  await add(`First ${word}`);
  await add(`Second ${word}`);
  await axe(page);
  const rows = page.getByRole("region", { name: `Group ${word}` }).getByRole("listitem");
  await expect(rows).toContainText([`First ${word}`, `Second ${word}`]);
  await page.getByRole("button", { name: `Move Second ${word} up` }).click();
  await expect(rows).toContainText([`Second ${word}`, `First ${word}`]);

  await page.getByRole("link", { name: `Change First ${word}` }).click();
  const editing = rows.filter({ has: page.getByRole("button", { name: "Save" }) });
  await editing.getByLabel("Name").fill(`Third ${word}`);
  await editing.getByLabel("On the status page").uncheck();
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(rows).toContainText([`Second ${word}`, `Third ${word}`]);
  await expect(rows.filter({ hasText: `Third ${word}` })).toContainText("Not on the page");

  await page.getByRole("link", { name: `Change Third ${word}` }).click();
  await page.getByRole("button", { name: `Remove Third ${word} from the list` }).click();
  await expect(rows).toHaveCount(1);
});

test("a promise that is no number is refused, and what was typed stays", async ({ person, visit, noise, axe, javaScriptEnabled }) => {
  // The status of a refusal reaches the console of a browser without scripts.
  noise.allow(/Failed to load resource: .* 422/);
  const { page } = await person("admin");
  await visit(page, "/settings");
  const field = page.getByLabel("Sitrep, SEV 3, minutes");
  await field.fill("soon");
  await page.getByRole("button", { name: "Save the promises" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "not a number of minutes" })).toBeVisible();
  await expect(page.getByLabel("Sitrep, SEV 3, minutes")).toHaveValue("soon");
  await axe(page);
  await page.getByLabel("Sitrep, SEV 3, minutes").fill("180");
  await page.getByRole("button", { name: "Save the promises" }).click();
  if (javaScriptEnabled !== false) await expect(page.getByText("The settings are kept.")).toBeVisible();
  await visit(page, "/settings");
  await expect(page.getByLabel("Sitrep, SEV 3, minutes")).toHaveValue("180");
});

test("a token is shown once and can be ended", async ({ person, visit }) => {
  const { page } = await person("admin");
  await visit(page, "/settings");
  const name = `Robot ${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel("What is it for?").fill(name);
  await page.getByRole("button", { name: "Make the token and show it" }).click();
  await expect(page.getByRole("group", { name: "Shown once" })).toContainText("muster_");
  await visit(page, "/settings");
  await expect(page.getByText("muster_")).toHaveCount(0);
  await page.getByRole("button", { name: `End the token ${name}` }).click();
  await expect(page.getByRole("button", { name: `End the token ${name}` })).toHaveCount(0);
});

test("an incident is declared on a page of its own and found again by an address", async ({ person, visit, axe }) => {
  const { page } = await person("responder");
  await visit(page, "/incidents/new");
  await axe(page);
  const word = `zq${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel("What is wrong?").fill(`Orders ${word} are late`);
  await page.getByText("SEV 3", { exact: true }).click();
  await page.getByRole("button", { name: "Declare incident" }).click();
  await expect(page).toHaveURL(/\/incidents\/\d+$/);

  await visit(page, "/incidents");
  await page.getByLabel("Search").fill(word);
  await page.getByLabel("Severity").selectOption({ label: "SEV 3" });
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(new RegExp(`q=${word}.*severity=sev3`));
  await expect(page.getByRole("link", { name: `Orders ${word} are late` })).toBeVisible();
  await axe(page);
  await visit(page, `/incidents?q=${word}&severity=sev1`);
  await expect(page.getByRole("heading", { name: `Nothing has “${word}”` })).toBeVisible();
  await axe(page);
});

test("an address that nothing has says so, with a way on", async ({ person, visit, noise, axe }) => {
  noise.allow(/Failed to load resource: .* 404/);
  const { page } = await person("reader");
  await visit(page, "/nothing/here");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await axe(page);
});
