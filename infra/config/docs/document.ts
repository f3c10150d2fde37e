import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withSettings } from "./markdown.ts";
import { configReference } from "./reference.ts";
import { configSchema } from "./schema.ts";

/** `npm run docs`: writes the README's table of settings, and the reference and the JSON Schema of duet.yaml. */
const root = join(import.meta.dirname, "../../..");
const readme = join(root, "README.md");
writeFileSync(readme, withSettings(readFileSync(readme, "utf8")));
mkdirSync(join(root, "docs"), { recursive: true });
writeFileSync(join(root, "docs/config.md"), configReference());
writeFileSync(join(root, "docs/duet.schema.json"), `${JSON.stringify(configSchema(), null, 2)}\n`);
