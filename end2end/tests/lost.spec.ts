// Nothing lost: a session that runs out in the middle of a form, hostile texts, a page that was not there.

import { expect, test } from "../fixtures";

const HOSTILE = `</textarea><script>document.title="owned"</script> \u202Eevil\u202C <img src=x onerror=alert(1)> & "quotes"`;

test("a session that ends in the middle of a form keeps every word", async ({ person, visit, declare, muster, noise, axe, javaScriptEnabled }) => {
  noise.allow(/Failed to load resource: .* 401/);
  const { page, email, name } = await person("responder", "Lena Late");
  const path = await declare(page, "Session runs out");

  await visit(page, `${path}/update`);
  await page.locator("#situation").fill(`What I saw. ${HOSTILE}`);
  await page.locator("#message").fill("Some requests fail.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: /^Send sitrep 1.* and publish/ }).click();
  await expect(page.getByText("Nothing you typed is lost").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^Situation/ })).toHaveValue(`What I saw. ${HOSTILE}`);
  await axe(page);

  // In by a new link, in another tab of the same browser; the first tab goes on.
  const printed = await muster.run("user", "add", email, "--name", name, "--role", "responder");
  const link = new URL(printed.match(/https?:\/\/\S+/)![0]);
  const tab = await page.context().newPage();
  await tab.goto(link.pathname);
  await tab.getByRole("main").getByRole("button").click();
  await tab.waitForURL((url) => url.pathname === "/");
  await tab.close();

  const again = javaScriptEnabled === false ? "Send it again" : /^Send sitrep 1.* and publish/;
  await page.getByRole("button", { name: again }).click();
  await page.waitForURL((url) => url.pathname === path);
  await visit(page, path);
  await expect(page.getByRole("main")).toContainText("What I saw.");
  await expect(page).not.toHaveTitle(/owned/);
  await page.goto("/status");
  await expect(page.getByText("Some requests fail.").first()).toBeVisible();
});

test("hostile words stay words wherever they show", async ({ person, visit, declare, noise, axe }) => {
  noise.allow(/Failed to load resource: .* 422/);
  const { page } = await person("responder", "Henri Hostile");
  page.on("dialog", (dialog) => {
    throw new Error(`a script ran: ${dialog.message()}`);
  });
  const path = await declare(page, "<script>alert(1)</script> in a title");
  await visit(page, `${path}/update`);
  await page.locator("#situation").fill(`${HOSTILE}\n\n[run](javascript:alert(1)) ![x](https://example.org/x.png)\n\n<iframe src="javascript:alert(1)">`);
  await page.locator("#message").fill(`We are on it. <b onmouseover=alert(1)>Sorry</b> [here](data:text/html,x)`);
  await page.getByRole("button", { name: /^Send sitrep 1.* and publish/ }).click();
  await page.waitForURL((url) => url.pathname === path);

  for (const address of ["/", "/incidents", path, `${path}/sitreps`, `${path}/update`, "/status", "/status/history"]) {
    await visit(page, address);
    const live = await page.locator("main").evaluate(
      (main) =>
        main.querySelectorAll("script:not([nonce]), iframe, img, [onerror], [onmouseover], a[href^='javascript:'], a[href^='data:']").length,
    );
    expect(live, address).toBe(0);
    await expect(page).not.toHaveTitle(/owned/);
  }
  await visit(page, path);
  await axe(page);
});

test("a number that nothing has, and an empty title, get a clear answer", async ({ person, visit, noise, axe }) => {
  noise.allow(/Failed to load resource: .* 4(04|22)/);
  const { page } = await person("responder");
  for (const address of ["/incidents/99999", "/incidents/99999/update", "/incidents/abc/sitreps", "/incidents/9999999999999999999/close"]) {
    await visit(page, address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  }
  await axe(page);
  const reader = await person("reader");
  noise.allow(/Failed to load resource: .* 403/);
  await visit(reader.page, "/incidents/1/update");
  await expect(reader.page.getByRole("heading", { level: 1 })).toHaveText("Not allowed");
  await page.goto("/status/incidents/99999");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await visit(page, "/incidents/new");
  await page.getByLabel("What is wrong?").fill("   ");
  await page.getByRole("main").getByRole("button", { name: "Declare incident" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /title/i })).toBeVisible();
});
