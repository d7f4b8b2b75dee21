// The signed-in app takes over the page that the server sent.

import { expect, test } from "../fixtures";

test("the board comes alive", async ({ person, visit }) => {
  const { page } = await person("reader");
  await visit(page, "/");
  await expect(page.locator("html")).toHaveAttribute("data-hydrated");
});
