import { cancel } from "./cancel.ts";
import { coldStart } from "./cold-start.ts";
import { load } from "./load.ts";
import { overhead } from "./overhead.ts";
import type { Scenario } from "./scenario.ts";
import { seedTable } from "./seed-table.ts";

/** All scenarios, by name. A new one is a file here and a line in this list. */
export const scenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  [seedTable, load, overhead, cancel, coldStart].map((scenario) => [scenario.name, scenario]),
);
