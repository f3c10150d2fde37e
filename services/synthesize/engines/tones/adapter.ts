import type { UsedSettings } from "../../../../infra/engines/record.ts";
import type { TonesPlan } from "../../../../infra/engines/tones/plan.ts";
import type { tonesSettings } from "../../../../infra/engines/tones/settings.ts";
import { compareRows, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineAdapter } from "../adapter.ts";
import type { EngineWorker } from "../engine.ts";
import { createTonesEngine } from "./tones.ts";

/** What a server tells of itself. */
const rows: readonly DriftRow<TonesPlan, EngineWorker>[] = [
  {
    path: "hertz",
    severity: () => "minor",
    configured: ({ hertz }) => String(hertz),
    live: ({ versions: [hertz] }) => hertz,
  },
];

/** How Synthesize has tones made. */
export const tones: EngineAdapter<UsedSettings<typeof tonesSettings>, TonesPlan> = {
  open: ({ url: urls, ...settings }, { clock }) => createTonesEngine({ ...settings, urls, clock }),
  compare: (plan, workers) =>
    workers.flatMap((seen) => compareRows(rows, { above: "engine.tones", plan, seen, server: seen.url })),
};
