// The database of one worker: a file in its folder, or a database of its own in the PostgreSQL of the tests.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type Database = { url: string; drop: () => Promise<void> };

/** Makes the database that MUSTER_E2E_DATABASE asks for: `sqlite` (default) or `postgres`. */
export async function makeDatabase(folder: string): Promise<Database> {
  const kind = process.env.MUSTER_E2E_DATABASE ?? "sqlite";
  switch (kind) {
    case "sqlite":
      return { url: `sqlite:${join(folder, "muster.db")}`, drop: async () => {} };
    case "postgres":
      return makePostgres();
    default:
      throw new Error(`MUSTER_E2E_DATABASE is ${kind}; it may be sqlite or postgres`);
  }
}

async function makePostgres(): Promise<Database> {
  const server = process.env.MUSTER_TEST_POSTGRES;
  if (!server) throw new Error("MUSTER_TEST_POSTGRES does not name a PostgreSQL; `cargo xtask test` starts one");
  const name = `e2e_${randomBytes(6).toString("hex")}`;
  const sql = (text: string) => run("psql", ["--no-psqlrc", "--quiet", "--command", text, server]);
  await sql(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => void (await sql(`drop database ${name} with (force)`)) };
}
