// A promise that was not kept stands over the room of whoever has to keep it, until it is kept or put off with a reason.

import type { Page } from "@playwright/test";
import { test as base, expect } from "../fixtures";
import { Muster } from "../support/muster";

/** Declared by Tom Birch some minutes ago, and nobody has said how bad it is: overdue from the first look on. */
const ROOM = "/incidents/2";

// Nothing can be overdue in an empty Muster before minutes have passed; in the example they have.
const test = base.extend<object, { muster: Muster }>({
  muster: [
    async ({}, use) => {
      const muster = await Muster.example();
      await use(muster);
      await muster.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const banner = (page: Page) => page.getByRole("alert").filter({ hasText: "Set the severity" });
// By its class: on a phone it lies behind a tab, where no role is found.
const log = (page: Page) => page.locator(".log");

test("an overdue promise is put off with a reason, which everybody reads", async ({ person, visit, axe, noise, javaScriptEnabled }) => {
  noise.allow(/Failed to load resource: .* 422/);
  const tom = await person("responder", "Tom Birch", "tom@example.com");
  const priya = await person("responder", "Priya Hazel", "priya@example.com");
  const { page } = tom;
  // The clocks are looked at every few seconds.
  await expect(async () => {
    await visit(page, ROOM);
    await expect(banner(page)).toContainText("it was promised and is overdue", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(banner(page).getByRole("link", { name: "Set the severity" })).toHaveAttribute("href", /#severity$/);
  await expect(log(page)).toContainText("The clock reminded Tom Birch: Set the severity");
  // Only who was reminded has it over the room; the timeline tells the others.
  await visit(priya.page, ROOM);
  await expect(log(priya.page)).toContainText("The clock reminded Tom Birch: Set the severity");
  await expect(banner(priya.page)).toHaveCount(0);

  await banner(page).locator("summary").click();
  await axe(page);
  // Without a reason it is not put off, and it stays open for one.
  await banner(page).getByLabel("For").selectOption("30 min");
  await banner(page).getByLabel("Why").fill("   ");
  await banner(page).getByRole("button", { name: "Put it off" }).click();
  await expect(banner(page).locator(".err")).toBeVisible();
  await expect(banner(page).getByLabel("For")).toHaveValue("30");
  await banner(page).getByLabel("Why").fill("Waiting for the graphs of us-east");
  await banner(page).getByRole("button", { name: "Put it off" }).click();
  await expect(banner(page)).toHaveCount(0);
  const told = /Tom Birch put off “Set the severity” until \d\d:\d\d UTC: Waiting for the graphs of us-east/;
  await expect(log(page)).toContainText(told);
  if (javaScriptEnabled === false) await visit(priya.page, ROOM);
  await expect(log(priya.page)).toContainText(told);

  // It is put off on every device, and the clock itself goes on saying how it stands.
  await visit(page, ROOM);
  await expect(log(page)).toContainText(told);
  await expect(banner(page)).toHaveCount(0);
  await expect(page.locator("#now")).toContainText("Overdue by");
  await axe(page);
});
