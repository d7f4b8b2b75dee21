// Who has read a sitrep, and what is new to a reader: known on every device as soon as it happens on one.

import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

const sitrep = (page: Page) => page.getByRole("article").filter({ has: page.locator("#sit-h") });
const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "Parts of the war room" }).getByRole("link", { name });

test("reach: who reads a sitrep on one device counts on everybody's, and has read it on their other one", async ({ person, visit, declare, axe }) => {
  test.setTimeout(120_000);
  const ines = await person("responder", "Ines Alder");
  const bo = await person("responder", "Bo Larch");
  const path = await declare(ines.page, "Reach: two devices");
  const send = async (version: number, situation: string) => {
    await visit(ines.page, `${path}/update`);
    await ines.page.locator("#situation").fill(situation);
    await ines.page.locator("#send_public").uncheck();
    await ines.page.getByRole("button", { name: new RegExp(`^Send sitrep ${version}`) }).click();
    await ines.page.waitForURL((url) => url.pathname === path);
  };
  await visit(bo.page, path);
  await bo.page.getByRole("button", { name: "Join as a responder" }).first().click();
  await expect(bo.page.getByRole("button", { name: "Join as a responder" })).toHaveCount(0);
  await visit(bo.page, "/");

  // It was sent, and only the sender has it before their eyes.
  await send(1, "Reads time out in eu-west.");
  await expect(sitrep(ines.page)).toContainText("Seen by 1 of 2");
  await visit(bo.page, path);
  await expect(sitrep(ines.page)).toContainText("Seen by 2 of 2");
  await sitrep(ines.page).getByText("Seen by 2 of 2").click();
  await expect(sitrep(ines.page).getByRole("listitem").filter({ hasText: "Bo Larch" })).toContainText(/seen \d\d:\d\d/);
  await axe(ines.page);

  // Bo's phone lies there with the talk open: it shows the room, and no sitrep.
  const phone = (await person("responder", bo.name, bo.email)).page;
  await phone.setViewportSize({ width: 390, height: 844 });
  await visit(phone, path);
  await expect(sitrep(phone)).toContainText("Reads time out in eu-west.");
  await tab(phone, "Talk").click();
  await expect(sitrep(phone)).toBeHidden();
  await visit(bo.page, "/");
  await send(2, "Reads time out in eu-west and us-east.");
  await expect(phone.getByRole("log")).toContainText("sent sitrep 2");
  await expect(sitrep(ines.page)).toContainText("Seen by 1 of 2");

  // Read on the other device: what is new shows there, and is nothing new on the phone any more.
  await visit(bo.page, path);
  await expect(sitrep(bo.page)).toContainText("new since sitrep 1, which you read at");
  await expect(sitrep(bo.page).locator("ins")).toHaveText(["and us-east"]);
  await expect(sitrep(ines.page)).toContainText("Seen by 2 of 2");
  await tab(phone, "Now").click();
  await expect(sitrep(phone)).toContainText("Reads time out in eu-west and us-east.");
  await expect(sitrep(phone)).not.toContainText("new since");
  await expect(sitrep(phone).locator("ins")).toHaveCount(0);

  // The next one is new since what was read on the other device, not since what the phone showed last.
  await tab(phone, "Talk").click();
  await visit(bo.page, "/");
  await send(3, "Reads time out in eu-west, us-east and ap-south.");
  await expect(phone.getByRole("log")).toContainText("sent sitrep 3");
  await tab(phone, "Now").click();
  await expect(sitrep(phone)).toContainText("new since sitrep 2, which you read at");
  await axe(phone);
  await expect(sitrep(ines.page)).toContainText("Seen by 2 of 2");
});
