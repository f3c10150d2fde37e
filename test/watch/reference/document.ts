import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { metricsReference } from "./reference.ts";

/** `npm run docs`: writes what each process counts. */
writeFileSync(join(import.meta.dirname, "../../../docs/metrics.md"), await metricsReference());
process.exit();
