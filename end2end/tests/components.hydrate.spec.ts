// The editor of components by the pointer, and undoing what was done there. Without a script the buttons do the same.

import { expect, test } from "../fixtures";

test("a component is dragged under another heading, and everything is undone", async ({ person, visit, axe }) => {
  const { page } = await person("admin");
  await visit(page, "/components");
  const word = Math.random().toString(36).slice(2, 8);
  const add = async (name: string, group: string) => {
    await page.getByLabel("Name", { exact: true }).fill(`${name} ${word}`);
    await page.getByLabel("Group optional").fill(`${group} ${word}`);
    await page.getByRole("button", { name: "Add component" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: `${name} ${word}` })).toBeVisible();
  };
  await add("First", "Apps");
  await add("Second", "Apps");
  await add("Third", "Tools");
  const rows = (group: string) => page.getByRole("region", { name: `${group} ${word}` }).getByRole("listitem");
  const row = (name: string) => page.getByRole("listitem").filter({ hasText: `${name} ${word}` });
  await row("First").dragTo(row("Third"), { targetPosition: { x: 200, y: 2 } });
  await expect(rows("Tools")).toContainText([`First ${word}`, `Third ${word}`]);
  await expect(rows("Apps")).toHaveCount(1);
  await axe(page);
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(rows("Apps")).toContainText([`First ${word}`, `Second ${word}`]);
  await expect(rows("Tools")).toHaveCount(1);

  await page.getByRole("link", { name: `Change Third ${word}` }).click();
  await page.getByRole("button", { name: `Remove Third ${word} from the list` }).click();
  await expect(row("Third")).toHaveCount(0);
  await undo.click();
  await expect(row("Third")).toBeVisible();

  const apps = page.getByRole("region", { name: `Apps ${word}` });
  await apps.getByText("Change the group").click();
  await apps.getByLabel("A line for customers").fill("What you run.");
  await apps.getByLabel("On the status page").selectOption({ label: "Closed" });
  await apps.getByRole("button", { name: "Save the group" }).click();
  await expect(apps.getByText("What you run.")).toBeVisible();
  await visit(page, "/status");
  const group = page.locator("details.group", { hasText: `Apps ${word}` });
  await expect(group).toContainText("What you run.");
  await expect(group).not.toHaveAttribute("open");
});
