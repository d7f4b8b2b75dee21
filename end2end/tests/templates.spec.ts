// Words to customers that were thought of beforehand, by plain forms, so with scripts and without.

import { expect, test } from "../fixtures";

test("a template is kept, begins a message, and goes again", async ({ person, visit, declare, axe }) => {
  const { page } = await person("admin");
  await visit(page, "/settings");
  const name = `Slow ${Math.random().toString(36).slice(2, 8)}`;
  const templates = page.getByRole("region", { name: "Templates" });
  const fresh = templates.locator("form", { has: page.getByRole("button", { name: "Add the template" }) });
  await fresh.getByLabel("New template").fill(name);
  await fresh.getByLabel("State").selectOption("identified");
  await fresh.getByLabel("Words").fill("{components} may be slow. </textarea><b>We</b> work on it.");
  await fresh.getByRole("button", { name: "Add the template" }).click();
  await templates.getByText(name).click();
  await expect(templates.getByLabel("Name").filter({ visible: true })).toHaveValue(name);
  await axe(page);

  const path = await declare(page, "Everything is slow");
  await visit(page, `${path}/update`);
  await page.getByText("Begin with a template").click();
  await axe(page);
  await page.getByRole("button", { name }).click();
  const message = page.getByRole("textbox", { name: "Message" });
  await expect(message).toHaveValue(/ may be slow\. <\/textarea><b>We<\/b> work on it\.$/);
  await expect(page.getByRole("radio", { name: "Identified" })).toBeChecked();

  await visit(page, "/settings");
  await templates.getByText(name).click();
  await templates.getByRole("button", { name: "Remove it" }).click();
  await expect(templates.getByText(name)).toHaveCount(0);
});
