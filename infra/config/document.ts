import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSettings } from "./markdown.ts";

/** `npm run docs`: writes the table of settings into the README. */
const readme = join(import.meta.dirname, "../../README.md");
writeFileSync(readme, withSettings(readFileSync(readme, "utf8")));
