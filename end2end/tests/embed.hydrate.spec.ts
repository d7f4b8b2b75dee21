// The banner and the frame on another site, whose policy lets in our script and nothing else.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "../fixtures";

/** A site of another origin that shows what is open here. */
async function site(policy: string, body: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, answer) => {
    const page = request.url === "/";
    answer.writeHead(page ? 200 : 204, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy });
    answer.end(page ? `<!doctype html><html lang="de-AT"><title>A shop</title><h1>A shop</h1>${body}</html>` : undefined);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

test("a banner shows what is open on a site that forbids nearly everything", async ({ person, visit, muster, page }) => {
  const policy = `default-src 'none'; script-src ${muster.url}; connect-src ${muster.url}; style-src 'none'; require-trusted-types-for 'script'`;
  const { url, server } = await site(policy, `<script src="${muster.url}/status/embed.js" defer></script>`);
  const responder = (await person("responder")).page;
  const title = `<b>New</b> disks ${Math.random().toString(36).slice(2, 8)}`;
  await visit(responder, "/maintenance");
  await responder.getByLabel("What is done").fill(title);
  await responder.getByLabel(/^Begins UTC/).fill("2031-01-05T02:00");
  await responder.getByLabel(/^Is over/).fill("2031-01-05T03:00");
  await responder.getByLabel("What customers read now").fill("Soon.");
  await responder.getByRole("button", { name: "Plan it and tell customers" }).click();
  await responder.getByRole("link", { name: title }).click();

  // It lies ahead, so nothing is said.
  const banner = page.locator("section");
  const read = () => page.waitForResponse(`${muster.url}/status/de/embed.json`);
  await Promise.all([read(), page.goto(url)]);
  await expect(banner).toBeHidden();

  await responder.getByLabel("Where it stands").selectOption("In progress");
  await responder.getByLabel("What customers read", { exact: true }).fill("It begins.");
  await responder.getByRole("button", { name: "Tell customers" }).click();
  await expect(responder.getByText("It begins.")).toBeVisible();
  const link = banner.getByRole("link", { name: title });
  await expect(async () => {
    await Promise.all([read(), page.reload()]);
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(banner).toContainText("5. Jan.");
  await expect(link).toHaveAttribute("rel", "noopener");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("href", /\/status\/de\/maintenance\/\d+$/);
  // Its look comes from a sheet that the policy cannot refuse.
  expect(await banner.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe("1px");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

  // Closed is closed, on the next page too.
  await banner.getByRole("button", { name: `Schließen: ${title}` }).click();
  await expect(link).toHaveCount(0);
  await Promise.all([read(), page.reload()]);
  await expect(banner).toBeHidden();
  server.close();
});

test("a frame shows how everything is, and the page itself cannot be framed", async ({ muster, page, noise }) => {
  noise.allow(/frame-ancestors|X-Frame-Options|Refused to (frame|display)|Framing/);
  const frames = ["/status/de/embed", "/status"].map((path) => `<iframe title="${path}" src="${muster.url}${path}"></iframe>`);
  const { url, server } = await site(`default-src 'none'; frame-src ${muster.url}`, frames.join(""));
  await page.goto(url);
  const frame = page.frameLocator("iframe[title='/status/de/embed']");
  await expect(frame.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(frame.getByRole("link").first()).toHaveAttribute("target", "_blank");
  await expect(page.frameLocator("iframe[title='/status']").getByRole("heading", { level: 1 })).toHaveCount(0);
  server.close();
});

test("what the pages say to search engines breaks no policy", async ({ page, axe }) => {
  await page.goto("/status");
  const data = await page.locator("script[type='application/ld+json']").textContent();
  expect(JSON.parse(data ?? "")["@graph"][0]["@type"]).toBe("WebPage");
  await axe(page);
});
