// What the house puts on its status page, by a plain form, so with scripts and without.

import { expect, test } from "../fixtures";

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12"><path d="M0 0h24v12H0z" fill="#7a1f5c"/></svg>';

test("the status page wears what was chosen, and nothing that would reach out", async ({
  person,
  visit,
  axe,
  noise,
  javaScriptEnabled,
}) => {
  noise.allow(/Failed to load resource: .* 422/);
  const { page } = await person("admin");
  await visit(page, "/settings");
  const look = page.getByRole("region", { name: "Look of the status page" });
  // Until it has been answered: whoever leaves before may take the request along.
  const save = async () => {
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await look.getByRole("button", { name: "Save the look" }).click();
    await answered;
  };
  if (javaScriptEnabled === false) {
    await look.getByLabel("Logo an SVG").fill(LOGO);
  } else {
    const file = { name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from(LOGO) };
    await look.getByLabel("Take the logo from a file").setInputFiles(file);
    await expect(look.getByRole("img", { name: "The logo" })).toBeVisible();
  }
  await look.getByLabel("Colour of links by day").fill("#7a1f5c");
  await look.getByLabel("At night").fill("#e0a3cc");
  await look.getByLabel(/^Links/).fill("Help https://help.example.org");
  await look.getByLabel("Last line").fill("Run by **us**.");
  const rules = look.getByLabel("Stylesheet");
  await rules.fill("h1 { background: url(https://elsewhere.example/a.png) }");
  await save();
  // Refused, and nothing typed is lost.
  await expect(look.getByRole("alert")).toContainText("Line 1 of the stylesheet: it would load something from elsewhere");
  await expect(look.getByLabel("Last line")).toHaveValue("Run by **us**.");
  await rules.fill("h1 { letter-spacing: 3px }");
  await save();
  await expect(look.getByRole("alert")).toHaveCount(0);
  await axe(page);

  await page.goto("/status");
  const help = page.getByRole("link", { name: "Help" });
  await expect(help).toHaveAttribute("href", "https://help.example.org");
  await expect(help).toHaveCSS("color", /^rgb\((122, 31, 92|224, 163, 204)\)$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCSS("letter-spacing", "3px");
  await expect(page.locator("footer strong")).toHaveText("us");
  const logo = await page.locator(".site").evaluate((site) => getComputedStyle(site, "::before").width);
  expect(logo).toBe("56px");
  await axe(page);

  await visit(page, "/settings");
  for (const field of ["Logo an SVG", "Colour of links by day", "At night", /^Links/, "Last line", "Stylesheet"]) {
    await look.getByLabel(field).fill("");
  }
  await save();
  await expect(look.getByLabel("Stylesheet")).toHaveValue("");
  // At another address, or the browser shows what it kept.
  await page.goto("/status?again");
  await expect(help).toHaveCount(0);
});
