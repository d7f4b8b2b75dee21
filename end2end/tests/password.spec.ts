// A password of one's own: set, signed in with, changed; what is wrong is said in words. By plain forms, with scripts and without.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const GOOD = "four words in a row";
const BETTER = "five quite other words in a row";

async function signIn(page: Page, account: string, password: string) {
  await page.getByLabel("E-mail or handle").fill(account);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a password is set, lets one in, and a wrong one is told so in words", async ({ person, visit, axe, noise }) => {
  // The status of a refusal, and of a page that asks for signing in first, reaches the console.
  noise.allow(/Failed to load resource: .* 4(01|03|22)/);
  const { page, email, name } = await person("responder", "Paula Password");
  const other = await person("responder", name, email);

  await visit(page, "/devices");
  const section = page.getByRole("region", { name: "Password" });
  await expect(section).toContainText("You have none and need none");
  await section.getByLabel("Password").fill(GOOD);
  await section.getByRole("button", { name: "Set the password" }).click();
  await expect(section).toContainText(`You have one. Sign in with it as ${email}.`);
  await expect(section.getByLabel("New password")).toHaveValue("");
  await axe(page);
  // Every other device has to sign in anew.
  await other.page.goto("/devices");
  await expect(other.page.getByRole("heading", { level: 1 })).toHaveText("Signed out");

  // Changing it takes the one there is.
  await section.getByLabel("Password now").first().fill("not the one there is");
  await section.getByLabel("New password").fill(BETTER);
  await section.getByRole("button", { name: "Change the password" }).click();
  await expect(section.getByRole("alert")).toContainText("password");
  await axe(page);
  await section.getByLabel("Password now").first().fill(GOOD);
  await section.getByLabel("New password").fill(BETTER);
  await section.getByRole("button", { name: "Change the password" }).click();
  await expect(section.getByRole("alert")).toHaveCount(0);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("/sign-in");
  await axe(page);
  // The old one is as wrong as any other; the account stays in its field and the password does not.
  await signIn(page, email, GOOD);
  await expect(page.getByRole("alert")).toContainText("This account and this password do not belong together");
  await expect(page.getByLabel("E-mail or handle")).toHaveValue(email);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/do not belong together/);
  await axe(page);
  await signIn(page, email, BETTER);
  await page.waitForURL("/");
  await visit(page, "/devices");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);

  // Without one only links let in.
  const remove = section.locator("form").filter({ has: page.getByRole("button", { name: "Remove the password" }) });
  await remove.getByLabel("Password now").fill(BETTER);
  await remove.getByRole("button", { name: "Remove the password" }).click();
  await expect(section).toContainText("You have none and need none");
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL("/sign-in");
  await signIn(page, email, BETTER);
  await expect(page.getByRole("alert")).toContainText("do not belong together");
});
