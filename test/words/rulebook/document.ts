import { writeFileSync } from "node:fs";
import { rulebook } from "./rulebook.ts";

/** Part of `npm run docs`: writes the rulebook. */
writeFileSync(new URL("../../../docs/words.md", import.meta.url), rulebook());
