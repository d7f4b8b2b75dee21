// What the browser complains about: errors, warnings, breaches of the content security policy.

import type { BrowserContext } from "@playwright/test";

export class Noise {
  private readonly heard: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** Collects the complaints of every page in a context. */
  listen(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") {
        this.heard.push(`${message.type()} on ${message.page()?.url()} at ${message.location().url}: ${message.text()}`);
      }
    });
    context.on("weberror", (thrown) => this.heard.push(`thrown: ${thrown.error().stack ?? thrown.error()}`));
  }

  /** Excuses what a test causes on purpose, such as the console's line about a refused form's status. */
  allow(complaint: RegExp): void {
    this.allowed.push(complaint);
  }

  /** What was heard and not excused. */
  get unexpected(): string[] {
    return this.heard.filter((words) => !this.allowed.some((complaint) => complaint.test(words)));
  }
}
