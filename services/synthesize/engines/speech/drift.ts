import type { SpeechPlan } from "../../../../infra/engines/speech/plan.ts";
import { compareRows, type Difference, type DriftRow } from "../../../common/engine/drift.ts";
import type { EngineWorker } from "../engine.ts";

/** The config fields whose actual values a server of `/v1/audio/speech` can reveal. */
export type Expected = Pick<SpeechPlan, "server" | "gpus">;

/** How a config is compared with a single server: one row for each field. */
const ofWorker: readonly DriftRow<Expected, EngineWorker>[] = [
  {
    path: "server",
    severity: () => "severe",
    configured: ({ server }) => server,
    // Some kinds of server behave alike: the config may name any of the kinds that this server may be.
    live({ versions }, { server }) {
      if (versions.length === 0 || versions.includes(server)) return versions.length === 0 ? undefined : server;
      return versions.join(" or ");
    },
  },
];

/** The fields of the config that are compared once for all servers together, not once for each server. */
const ofAll: readonly DriftRow<Expected, readonly EngineWorker[]>[] = [
  {
    path: "gpus",
    severity: () => "minor",
    configured: ({ gpus }) => `${gpus.length}`,
    live: ({ length }) => `${length}`,
  },
];

/** Compares a config with the observed servers. A server that was not reached does not differ. */
export function compareSpeech(plan: Expected, workers: readonly EngineWorker[]): Difference[] {
  const above = "engine.speech";
  return [
    ...workers.flatMap((seen) => compareRows(ofWorker, { above, plan, seen, server: seen.url })),
    ...compareRows(ofAll, { above, plan, seen: workers, server: "" }),
  ];
}
