// Planned maintenance: planned, told, changed and called off, by plain forms, so with scripts and without.

import { expect, test } from "../fixtures";

test("a maintenance is planned, customers read of it, and it is called off", async ({ person, visit, axe, browser, muster }) => {
  const { page } = await person("responder");
  await visit(page, "/maintenance");
  const title = `New disks ${Math.random().toString(36).slice(2, 8)}`;
  await page.getByLabel("What is done").fill(title);
  await page.getByLabel(/^Begins UTC/).fill("2031-01-05T02:00");
  await page.getByLabel(/^Is over/).fill("2031-01-05T03:00");
  await page.getByLabel("What customers read now").fill("We change **all** disks.");
  await axe(page);
  await page.getByRole("button", { name: "Plan it and tell customers" }).click();
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText("2031-01-05 02:00 to 03:00")).toBeVisible();
  await axe(page);

  const context = await browser.newContext({ baseURL: muster.url });
  const customer = await context.newPage();
  await customer.goto("/status");
  const article = customer.getByRole("article", { name: title });
  await expect(article).toContainText("Sun 5 Jan, 02:00 to 03:00 UTC");
  await expect(article.locator("strong", { hasText: "all" })).toBeVisible();
  await article.getByRole("link", { name: title }).click();
  await expect(customer.getByRole("heading", { level: 1 })).toHaveText(title);
  await axe(customer);

  await page.getByText("Change the plan").click();
  const plan = page.locator("form", { has: page.getByRole("button", { name: "Save the plan" }) });
  await plan.getByLabel(/^Is over/).fill("2031-01-05T04:00");
  await plan.getByRole("button", { name: "Save the plan" }).click();
  await expect(page.getByText(/^Scheduled\. 2031-01-05 02:00 to 04:00/)).toBeVisible();

  await page.getByLabel("Where it stands").selectOption("Cancelled");
  await page.getByLabel("What customers read", { exact: true }).fill("Not needed any more.");
  await page.getByRole("button", { name: "Tell customers" }).click();
  await expect(page.getByText("Not needed any more.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Tell customers" })).toHaveCount(0);
  await customer.reload();
  await expect(customer.getByText("Not needed any more.")).toBeVisible();
  await context.close();
});

test("a plan that cannot be keeps what was typed", async ({ person, visit, noise, axe }) => {
  noise.allow(/Failed to load resource: .* 422/);
  const { page } = await person("responder");
  await visit(page, "/maintenance");
  await page.getByLabel("What is done").fill("Backwards");
  await page.getByLabel(/^Begins UTC/).fill("2031-01-05T02:00");
  await page.getByLabel(/^Is over/).fill("2031-01-05T01:00");
  await page.getByLabel("What customers read now").fill("Soon.");
  await page.getByRole("button", { name: "Plan it and tell customers" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "It ends before it begins" })).toBeVisible();
  await expect(page.getByLabel("What is done")).toHaveValue("Backwards");
  await expect(page.getByLabel("What customers read now")).toHaveValue("Soon.");
  await expect(page.getByLabel(/^Is over/)).toHaveValue("2031-01-05T01:00");
  await axe(page);
});
