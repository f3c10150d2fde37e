import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dashboards } from "./dashboards.ts";
import { toGrafana } from "./grafana.ts";

/** `npm run docs`: writes the dashboards in Grafana's format. */
const folder = join(import.meta.dirname, "grafana/dashboards");
mkdirSync(folder, { recursive: true });
for (const dashboard of dashboards)
  writeFileSync(join(folder, `${dashboard.uid}.json`), `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`);
