import { defineConfig, type Project } from "@playwright/test";

const screens: Record<string, Project["use"]> = {
  "desktop-light": { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  "desktop-night": { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", isMobile: true, hasTouch: true },
};

// Every page works without JavaScript; a test that needs it says so by its file name, *.hydrate.spec.ts.
const projects = Object.entries(screens).flatMap(([name, use]): Project[] => [
  { name, use },
  { name: `${name}-noscript`, use: { ...use, javaScriptEnabled: false }, testIgnore: "**/*.hydrate.spec.ts" },
]);

// What others wrote to read status pages reads ours; no browser is in it.
projects.push({ name: "clients", testDir: "clients" });

export default defineConfig({
  testDir: "tests",
  projects,
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try has a fault; nobody looks for it once it is green.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    // Not UTC, so that a page which differs between server and browser shows itself.
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.MUSTER_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
