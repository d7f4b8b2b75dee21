// The doors of the house open: what every other test takes for granted.

import { expect, test } from "../fixtures";

test("the status page is complete for whoever comes", async ({ page, visit, axe }) => {
  const answers: string[] = [];
  page.on("response", (response) => answers.push(`${response.status()} ${new URL(response.url()).pathname}`));
  await visit(page, "/status");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(answers.filter((answer) => !answer.startsWith("200 "))).toEqual([]);
  await axe(page);
});

test("somebody new signs in with a link and stands before the board", async ({ person, axe }) => {
  const { page } = await person("responder");
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe(page);
});

test("a sign-in link works once", async ({ muster, page, visit, noise }) => {
  const link = await muster.addPerson("once@example.org", "Once Only", "reader");
  await visit(page, link);
  await page.getByRole("main").getByRole("button").click();
  await expect(page).toHaveURL("/");
  await page.context().clearCookies();
  // Its status tells the browser, and the browser tells its console.
  noise.allow(/Failed to load resource: .* 4\d\d/);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: /sign in/i })).toHaveCount(0);
});
