// Runs `heroku status` as Heroku's own command line does; HEROKU_STATUS_HOST says where.
import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);
const { default: Status } = require("@heroku-cli/plugin-status/lib/commands/status.js");
const root = dirname(require.resolve("@heroku-cli/plugin-status/package.json"));
await Status.run(process.argv.slice(2), root);
