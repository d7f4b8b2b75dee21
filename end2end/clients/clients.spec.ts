// Clients that nobody here wrote read the example house, in which one incident goes on for customers.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test as base } from "@playwright/test";
import { Statuspage } from "statuspage.io";
import { Muster } from "../support/muster";

const run = promisify(execFile);
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const here = (name: string) => join(import.meta.dirname, name);

const test = base.extend<{}, { muster: Muster }>({
  muster: [
    async ({}, use) => {
      const muster = await Muster.example();
      await use(muster);
      await muster.remove();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

type Feed = { bozo: number; why: string; title: string; version: string; entries: Record<string, string>[] };

async function read(address: string): Promise<Feed> {
  return JSON.parse((await run(python, [here("feeds.py"), address])).stdout);
}

test("Heroku's command line says how the systems are and what goes on", async ({ muster }) => {
  const env = { ...process.env, HEROKU_STATUS_HOST: muster.url, FORCE_COLOR: "0" };
  const { stdout } = await run(process.execPath, [here("heroku.mjs")], { env });
  const { incidents, status } = await (await fetch(`${muster.url}/api/v4/current-status`)).json();
  expect(incidents.length).toBeGreaterThan(0);
  for (const { system } of status) expect(stdout).toContain(`${system}:`);
  for (const incident of incidents) {
    expect(stdout).toContain(incident.title);
    for (const update of incident.updates) expect(stdout).toContain(update.contents);
  }
  const raw = await run(process.execPath, [here("heroku.mjs"), "--json"], { env });
  expect(JSON.parse(raw.stdout)).toEqual({ incidents, status, scheduled: [] });
});

test("a client for Statuspage gets every document", async ({ muster }) => {
  for (const base of [muster.url, `${muster.url}/status`]) {
    const client = new Statuspage("ours");
    client.setApiUrl(base);
    const summary = await client.getSummary();
    expect(summary.incidents.length).toBeGreaterThan(0);
    expect(summary.status.indicator).not.toBe("none");
    expect(await client.getStatus()).toEqual({ page: summary.page, status: summary.status });
    expect(await client.getComponents()).toEqual({ page: summary.page, components: summary.components });
    const all = await client.api.incidents.getAll();
    expect(all.incidents).toEqual(expect.arrayContaining(summary.incidents));
    expect((await client.api.incidents.getUnresolved()).incidents).toEqual(summary.incidents);
    expect((await client.api.scheduledMaintenances.getAll()).scheduled_maintenances).toEqual([]);
  }
});

test("feed readers find nothing wrong with the feeds, and every incident in them", async ({ muster }) => {
  const { incidents } = await (await fetch(`${muster.url}/api/v2/incidents.json`)).json();
  for (const name of ["history.atom", "history.rss"]) {
    const feed = await read(`${muster.url}/${name}`);
    expect(feed.bozo, `${name}: ${feed.why}`).toBe(0);
    expect(feed.entries.map((entry) => entry.title)).toEqual(incidents.map((one: { name: string }) => one.name));
    for (const [at, entry] of feed.entries.entries()) {
      expect(entry.content).toContain(incidents[at].incident_updates[0].status === "resolved" ? "Resolved" : "<strong>");
      expect(entry.link).toBe(incidents[at].shortlink);
    }
  }
});

test("a strict reader of XML takes the feeds", async ({ muster }) => {
  for (const name of ["history.atom", "history.rss", "badge.svg"]) {
    const text = await (await fetch(`${muster.url}/${name}`)).text();
    const checked = run("xmllint", ["--noout", "--nonet", "-"]);
    checked.child.stdin?.end(text);
    await checked;
  }
});

test("a browser for a terminal shows the page whole", async ({ muster }) => {
  const { stdout } = await run("w3m", ["-dump", "-cols", "100", `${muster.url}/status`]);
  const { components, incidents } = await (await fetch(`${muster.url}/api/v2/summary.json`)).json();
  for (const { name } of [...components, ...incidents]) expect(stdout).toContain(name);
  expect(stdout).toContain("As of");
});
