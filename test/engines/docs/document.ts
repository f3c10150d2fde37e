import { readFileSync, writeFileSync } from "node:fs";
import { withTables } from "./tables.ts";

/** Part of `npm run docs`: writes the tables of docs/engines.md. */
const file = new URL("../../../docs/engines.md", import.meta.url);
writeFileSync(file, withTables(readFileSync(file, "utf8")));
