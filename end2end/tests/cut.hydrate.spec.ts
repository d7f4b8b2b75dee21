// The line goes away and comes back; the server dies and comes back: what was said is there once, what was typed is kept.

import { expect, test } from "../fixtures";

test("what is said without a line waits in sight and is sent once", async ({ person, visit, declare, noise }) => {
  noise.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const nia = await person("responder", "Nia Offline");
  const otto = await person("responder", "Otto Online");
  const path = await declare(nia.page, "Cut: no line");
  await visit(otto.page, path);

  await nia.page.context().setOffline(true);
  const say = nia.page.getByPlaceholder(/Say something/);
  if (!(await say.isVisible())) await nia.page.getByRole("link", { name: /^Talk/ }).click();
  await say.fill("Said in the tunnel");
  await say.press("Enter");
  await expect(nia.page.getByText(/waiting to be sent|not sent yet|waits/i).first()).toBeVisible();
  await expect(nia.page.getByRole("main")).toContainText("Said in the tunnel");
  await nia.page.context().setOffline(false);

  await expect(otto.page.getByText("Said in the tunnel")).toHaveCount(1, { timeout: 30_000 });
  await visit(nia.page, path);
  await expect(nia.page.getByRole("main").getByText("Said in the tunnel")).toHaveCount(1);
});

test("a server that is killed and comes back loses neither the draft nor what it acknowledged", async ({ person, visit, declare, muster, noise }) => {
  noise.allow(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING/);
  const { page } = await person("responder", "Kit Killed");
  const path = await declare(page, "Killed under way");
  await visit(page, `${path}/update`);
  await page.locator("#situation").fill("Written before the crash");
  await page.locator("#send_public").uncheck();

  await muster.kill();
  const send = page.getByRole("button", { name: /^Send sitrep 1/ });
  await send.click();
  await expect(page.getByText("The server could not be reached").first()).toBeVisible();
  await expect(page.locator("#situation")).toHaveValue("Written before the crash");

  await muster.start();
  await expect(async () => {
    if (await send.isVisible()) await send.click();
    await page.waitForURL((url) => url.pathname === path, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("main")).toContainText("Written before the crash");
  await visit(page, `${path}/sitreps`);
  await expect(page.getByRole("main")).not.toContainText("Sitrep 2");
});
