// The ground every browser test stands on: a server of its own, people to be, and a quiet console at the end.

import { test as base, expect, type Page } from "@playwright/test";
import { alive } from "./support/alive.mjs";
import { axe, axeOnCopy } from "./support/axe";
import { Muster, type Role } from "./support/muster";
import { Noise } from "./support/noise";

/** Somebody with a browser of their own, signed in. */
export type Person = { page: Page; name: string; email: string; role: Role };

type Tools = {
  /**
   * Makes somebody and signs them in through a one-time link, in a browser context of their own. With the e-mail of
   * somebody who is there already it is another device of theirs.
   */
  person: (role: Role, name?: string, email?: string) => Promise<Person>;
  /** Opens a path and waits until the page is alive, where scripts run. */
  visit: (page: Page, path: string) => Promise<void>;
  /** Waits until the signed-in app has taken over the page; returns at once where no script runs. */
  hydrated: (page: Page) => Promise<void>;
  /** Declares an incident on the page for it; answers the path of its room, which is open then. */
  declare: (page: Page, title: string) => Promise<string>;
  /** Fails with every barrier that axe finds on the page as it is now, with scripts and without. */
  axe: (page: Page) => Promise<void>;
  /** The browser's complaints: any that is left at the end fails the test, unless the test allows it. */
  noise: Noise;
};

let people = 0;

function newEmail(role: Role): string {
  people += 1;
  return `${role}-${process.pid}-${people}@example.org`;
}

export const test = base.extend<Tools, { muster: Muster }>({
  // One server per worker, so that tests run side by side and do not wait for each other's database.
  muster: [
    // Playwright reads from this pattern which other fixtures are wanted: none.
    async ({}, use) => {
      const muster = await Muster.create();
      await use(muster);
      await muster.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],

  baseURL: async ({ muster }, use) => use(muster.url),

  noise: [
    async ({ muster }, use, info) => {
      const noise = new Noise();
      await use(noise);
      if (info.status !== info.expectedStatus) {
        await info.attach("muster.log", { body: muster.log, contentType: "text/plain" });
      }
      expect(noise.unexpected, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, noise }, use) => {
    noise.listen(context);
    await use(context);
  },

  hydrated: async ({ javaScriptEnabled }, use) =>
    use(async (page) => {
      if (javaScriptEnabled !== false) await alive(page).waitFor({ state: "attached" });
    }),

  visit: async ({ hydrated }, use) =>
    use(async (page, path) => {
      await page.goto(path);
      await hydrated(page);
    }),

  declare: async ({ visit }, use) =>
    use(async (page, title) => {
      await visit(page, "/incidents/new");
      await page.getByLabel("What is wrong?").fill(title);
      await page.getByRole("main").getByRole("button", { name: "Declare incident" }).click();
      await page.waitForURL(/\/incidents\/\d+$/);
      return new URL(page.url()).pathname;
    }),

  axe: async ({ browser, javaScriptEnabled }, use) =>
    use((page) => (javaScriptEnabled === false ? axeOnCopy(page, browser) : axe(page))),

  person: async ({ browser, muster, noise, visit }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (role, name = `Some ${role}`, email = newEmail(role)) => {
      const link = await muster.addPerson(email, name, role);
      const context = await browser.newContext({ baseURL: muster.url });
      contexts.push(context);
      noise.listen(context);
      const page = await context.newPage();
      await visit(page, link);
      await page.getByRole("main").getByRole("button").click();
      await page.waitForURL((url) => !link.startsWith(url.pathname) || url.pathname === "/");
      return { page, name, email, role };
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };
