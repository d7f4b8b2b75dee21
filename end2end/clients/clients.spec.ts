// Clients that nobody here wrote read the example house, in which one incident goes on for customers.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test as base } from "@playwright/test";
import ICAL from "ical.js";
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
  const { incidents, status, scheduled } = await (await fetch(`${muster.url}/api/v4/current-status`)).json();
  expect(incidents.length).toBeGreaterThan(0);
  for (const { system } of status) expect(stdout).toContain(`${system}:`);
  for (const incident of incidents) {
    expect(stdout).toContain(incident.title);
    for (const update of incident.updates) expect(stdout).toContain(update.contents);
  }
  const raw = await run(process.execPath, [here("heroku.mjs"), "--json"], { env });
  expect(JSON.parse(raw.stdout)).toEqual({ incidents, status, scheduled });
  expect(scheduled).toHaveLength(1);
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
    const planned = summary.scheduled_maintenances;
    expect(planned).toHaveLength(1);
    expect((await client.api.scheduledMaintenances.getAll()).scheduled_maintenances).toEqual(planned);
    expect((await client.api.scheduledMaintenances.getUpcoming()).scheduled_maintenances).toEqual(planned);
    // This client asks for `upcoming.json` when it is asked for what is active.
    expect((await client.api.scheduledMaintenances.getActive()).scheduled_maintenances).toEqual(planned);
    const active = await fetch(`${base}/api/v2/scheduled-maintenances/active.json`);
    expect((await active.json()).scheduled_maintenances).toEqual([]);
  }
});

test("feed readers find nothing wrong with the feeds, and every incident in them", async ({ muster }) => {
  const { incidents } = await (await fetch(`${muster.url}/api/v2/incidents.json`)).json();
  const { scheduled_maintenances } = await (await fetch(`${muster.url}/api/v2/scheduled-maintenances.json`)).json();
  for (const name of ["history.atom", "history.rss"]) {
    const feed = await read(`${muster.url}/${name}`);
    expect(feed.bozo, `${name}: ${feed.why}`).toBe(0);
    const all: { name: string; shortlink: string }[] = [...incidents, ...scheduled_maintenances];
    expect(feed.entries.map((entry) => entry.title).sort()).toEqual(all.map((one) => one.name).sort());
    for (const entry of feed.entries) {
      expect(entry.content).toContain("<strong>");
      expect(entry.link).toBe(all.find((one) => one.name === entry.title)?.shortlink);
    }
  }
});

test("a reader of calendars finds the window and the incident, each under a name for ever", async ({ muster }) => {
  const { incidents, scheduled_maintenances: planned } = await (await fetch(`${muster.url}/api/v2/summary.json`)).json();
  const answer = await fetch(`${muster.url}/calendar.ics`);
  expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
  const text = await answer.text();
  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
  expect(events.map((event) => event.summary).sort()).toEqual([...incidents, ...planned].map((one) => one.name).sort());
  expect(new Set(events.map((event) => event.uid)).size).toBe(events.length);
  const window = events.find((event) => event.summary === planned[0].name);
  expect(window?.startDate.toJSDate()).toEqual(new Date(planned[0].scheduled_for));
  expect(window?.endDate.toJSDate()).toEqual(new Date(planned[0].scheduled_until));
  expect(window?.sequence).toBe(0);
  expect(window?.component.getFirstPropertyValue("status")).toBe("CONFIRMED");
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
