// The main job, from the first word to the review: with a script and without one, on every screen size.

import type { Locator } from "@playwright/test";
import { expect, test } from "../fixtures";

const CODE = /INC-\d+/;

test("declare, command, tell, hand over, resolve, close, review", async ({ person, visit, page, axe, javaScriptEnabled }, info) => {
  test.setTimeout(120_000);
  // A person sees the answer; going on before it would leave the command waiting in the browser.
  const press = async (button: Locator) => {
    const answer = javaScriptEnabled === false ? undefined : button.page().waitForResponse(/\/fn\/execute$/);
    await button.click();
    await answer;
  };
  const mark = `${info.project.name}-${info.workerIndex}`;
  const bo = await person("responder", `Bo ${mark}`);
  const ines = await person("responder", "Ines Alder");
  const room = ines.page;

  // Declare: one field.
  await visit(room, "/incidents/new");
  await room.locator("#declare-title").fill(`API failing on db-eu-2 (${mark})`);
  await axe(room);
  await room.getByRole("main").getByRole("button", { name: "Declare incident" }).click();
  await room.waitForURL(/\/incidents\/\d+$/);
  const path = new URL(room.url()).pathname;
  await visit(room, path);
  await expect(room.getByRole("heading", { level: 1 })).toContainText("API failing on db-eu-2");
  await expect(room.getByText(CODE).first()).toBeVisible();
  await axe(room);

  // The one form: sitrep and public word in one.
  await visit(room, `${path}/update`);
  await room.locator("#situation").fill("About **42%** of requests fail.\n\nThe pooler was rolled out at 13:28.");
  await room.locator("#message").fill(`Some API requests fail. We are looking into it. (${mark})`);
  await axe(room);
  await room.getByRole("button", { name: /^Send sitrep 1.* and publish/ }).click();
  await room.waitForURL((url) => url.pathname === path);

  // Customers read it, and nothing that is inside.
  await visit(page, "/status");
  await expect(page.getByText(`Some API requests fail. We are looking into it. (${mark})`)).toBeVisible();
  await expect(page.locator("body")).not.toContainText("db-eu-2");
  await expect(page.locator("body")).not.toContainText("Ines Alder");
  await axe(page);

  // A second sitrep that says what changed.
  await visit(room, `${path}/update`);
  await room.locator("#situation").fill("About **31%** of requests fail.\n\nThe pooler was rolled out at 13:28.");
  await room.locator("#send_public").uncheck();
  await room.getByRole("button", { name: /^Send sitrep 2/ }).click();
  await room.waitForURL((url) => url.pathname === path);

  // Review: word by word, at an address that can be shared.
  await visit(room, `${path}/sitreps?from=1&to=2`);
  await expect(room.locator("del", { hasText: "42%" }).first()).toBeVisible();
  await expect(room.locator("ins", { hasText: "31%" }).first()).toBeVisible();
  await axe(room);

  // Hand over by name, with a reason.
  await visit(room, `${path}/handover`);
  await room.getByRole("radio", { name: `Bo ${mark}` }).first().check();
  await room.locator("#why").fill("end of my shift");
  await axe(room);
  await room.getByRole("button", { name: /^Hand (over )?command/ }).click();
  await room.waitForURL((url) => url.pathname === path);
  await visit(bo.page, path);
  await expect(bo.page.locator("body")).toContainText("end of my shift");

  // Resolve and close, by the one who commands now.
  await visit(bo.page, `${path}/close`);
  await press(bo.page.getByRole("button", { name: "Resolve it" }));
  await expect(async () => {
    await visit(bo.page, `${path}/close`);
    await expect(bo.page.getByRole("main").getByRole("button", { name: /^Close / })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await axe(bo.page);
  await press(bo.page.getByRole("main").getByRole("button", { name: /^Close / }));
  await bo.page.waitForURL((url) => url.pathname.startsWith(path));
  await visit(bo.page, path);
  await expect(bo.page.locator("body")).toContainText(/closed/i);
});

test("every quiet screen opens and is free of barriers", async ({ person, visit, axe }) => {
  const { page } = await person("admin", "Ada Root");
  for (const path of ["/", "/incidents", "/people", "/components", "/settings", "/devices", "/audit"]) {
    await visit(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await axe(page);
  }
});

test("what was typed comes back with the refusal", async ({ person, visit, noise }) => {
  noise.allow(/Failed to load resource: .* 422/);
  const { page } = await person("responder");
  await visit(page, "/incidents/new");
  const long = "x".repeat(10_000);
  await page.locator("#declare-title").fill(long);
  await page.getByRole("main").getByRole("button", { name: "Declare incident" }).click();
  await expect(page.getByText("The title is too long. It may have at most 200 characters.").first()).toBeVisible();
  await expect(page.locator("#declare-title")).toHaveValue(long);
});
