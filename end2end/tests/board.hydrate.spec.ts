// The board in the browser: rows move by themselves, keys work, the focus stays.

import { expect, test } from "../fixtures";

test("declaring opens a panel over the board and leads to the room", async ({ person, visit, axe }) => {
  const { page } = await person("responder");
  await visit(page, "/");
  await page.keyboard.press("d");
  const panel = page.getByRole("dialog", { name: "Declare an incident" });
  await expect(panel).toBeVisible();
  await expect(panel.getByLabel("What is wrong?")).toBeFocused();
  await axe(page);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();

  await page.getByRole("main").getByRole("link", { name: "Declare incident" }).filter({ visible: true }).first().click();
  await panel.getByLabel("What is wrong?").fill("Panel: uploads fail");
  await panel.getByText("SEV 3").click();
  await panel.getByRole("button", { name: "Declare incident" }).click();
  await expect(page).toHaveURL(/\/incidents\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Panel: uploads fail");
});

test("what somebody else declares and judges shows without a reload", async ({ person, visit }) => {
  const watcher = await person("responder", "Wanda Watch");
  const declarer = await person("responder", "Dora Declare");
  await visit(watcher.page, "/");
  await visit(declarer.page, "/incidents/new");
  await declarer.page.getByLabel("What is wrong?").fill("Live: search is empty");
  await declarer.page.getByRole("button", { name: "Declare incident" }).click();

  const row = watcher.page.getByRole("row").filter({ hasText: "Live: search is empty" });
  await expect(row).toContainText("Not set");
  await expect(row).toContainText("Dora Declare");

  // The key of a severity goes to the row that has the focus, and the focus stays there.
  await row.getByRole("link", { name: "Live: search is empty" }).focus();
  await watcher.page.keyboard.press("2");
  await expect(row).toContainText("SEV 2");
  await expect(row.getByRole("link", { name: "Live: search is empty" })).toBeFocused();
});

test("single keys are silent in fields and when switched off", async ({ person, visit }) => {
  const { page } = await person("responder");
  await visit(page, "/incidents");
  await page.keyboard.press("/");
  const search = page.getByLabel("Search");
  await expect(search).toBeFocused();
  await page.keyboard.type("g b?");
  await expect(search).toHaveValue("g b?");
  await expect(page).toHaveURL(/\/incidents$/);

  await visit(page, "/devices");
  await page.getByRole("button", { name: "Switch them off" }).click();
  await expect(page.getByText("They are off.")).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
  await page.getByRole("button", { name: "Switch them on" }).click();
  await expect(page.getByText("They are on.")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
});

test("the theme changes at once and stays after a reload", async ({ person, visit, axe }) => {
  const { page } = await person("reader");
  await visit(page, "/");
  await page.getByRole("button", { name: "Night theme" }).click();
  const html = page.locator("html");
  const theme = await html.getAttribute("data-theme");
  expect(theme).toMatch(/light|night/);
  await expect(page.getByRole("button", { name: "Night theme" })).toHaveAttribute("aria-pressed", String(theme === "night"));
  await axe(page);
  await visit(page, "/");
  await expect(html).toHaveAttribute("data-theme", theme ?? "");
});
