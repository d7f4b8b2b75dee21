// One `muster serve` with a database of its own, and the commands that people run beside it.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Database, makeDatabase } from "./database";

const BINARY = resolve(process.env.MUSTER_BIN ?? join(import.meta.dirname, "../../target/debug/muster"));
const PATIENCE = 20_000;

export type Role = "admin" | "responder" | "reader";

export class Muster {
  /** Where it listens, such as http://127.0.0.1:43210; the same after a restart. */
  url = "";
  private listen = "127.0.0.1:0";
  private process: ChildProcess | undefined;
  private output = "";

  private constructor(
    private readonly folder: string,
    private readonly database: Database,
  ) {}

  /** An empty Muster with one administrator, listening on a free port. */
  static async create(): Promise<Muster> {
    const muster = await Muster.onNewDatabase();
    // Somebody has to be there first, or the server prints a link for whoever starts it.
    await muster.run("user", "add", "first@example.org", "--name", "First Admin", "--role", "admin");
    await muster.start();
    return muster;
  }

  /** The example organisation, with an incident that began an hour ago and one of a few minutes ago. */
  static async example(): Promise<Muster> {
    const muster = await Muster.onNewDatabase();
    await muster.start("--demo");
    return muster;
  }

  private static async onNewDatabase(): Promise<Muster> {
    const folder = await mkdtemp(join(tmpdir(), "muster-e2e-"));
    return new Muster(folder, await makeDatabase(folder));
  }

  /** Runs a command of `muster` on this database and answers what it prints. */
  async run(...command: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(BINARY, command, this.surroundings());
    return stdout;
  }

  /** Adds somebody; answers the path of a link that signs them in once. */
  async addPerson(email: string, name: string, role: Role): Promise<string> {
    const printed = await this.run("user", "add", email, "--name", name, "--role", role);
    const link = printed.match(/https?:\/\/\S+/)?.[0];
    if (!link) throw new Error(`muster user add printed no link:\n${printed}`);
    const { pathname, search, hash } = new URL(link);
    return pathname + search + hash;
  }

  /** Starts the server; `create` has done so already, this is for tests that stop it. */
  async start(...options: string[]): Promise<void> {
    const child = spawn(BINARY, ["serve", "--listen", this.listen, ...options], this.surroundings());
    this.process = child;
    const ready = new Promise<string>((tell, fail) => {
      const timer = setTimeout(() => fail(new Error(`muster serve is silent:\n${this.output}`)), PATIENCE);
      const hear = (chunk: Buffer) => {
        this.output = (this.output + chunk).slice(-20_000);
        const url = this.output.match(/Muster is at (http:\/\/\S+)/g)?.at(-1)?.split(" ").at(-1);
        if (url) (clearTimeout(timer), tell(url));
      };
      child.stdout?.on("data", hear);
      child.stderr?.on("data", hear);
      child.once("error", fail);
      child.once("exit", (code) => fail(new Error(`muster serve ended with ${code}:\n${this.output}`)));
    });
    this.output = "";
    this.url = await ready;
    this.listen = new URL(this.url).host;
  }

  /** Stops the server as an administrator would; it must end by itself and without complaint. */
  async stop(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const [code, signal] = await ended;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`muster serve did not stop well (${code ?? signal}):\n${this.output}`);
  }

  /** Kills the server in the middle of whatever it does. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Stops the server and removes what it stored. */
  async remove(): Promise<void> {
    try {
      await this.stop();
    } finally {
      await this.database.drop();
      await rm(this.folder, { recursive: true });
    }
  }

  /** The last words of the server. */
  get log(): string {
    return this.output;
  }

  private surroundings() {
    return { cwd: this.folder, env: { ...process.env, MUSTER_DATABASE: this.database.url } };
  }
}
