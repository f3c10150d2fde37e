import { createHash } from "node:crypto";
import type { OpenedEngine } from "../engines/open.ts";
import type { SpeakMetrics } from "../report/metrics.ts";
import type { SegmentCache } from "./cache.ts";
import { type ClauseCache, createClauseCache } from "./clauses.ts";

/**
 * Creates the cache of an engine's speech. `said` is the operator's description of the engine's voices, which the
 * operator changes whenever the voices sound different, so that older speech is not reused.
 */
export function openClauseCache(
  cache: SegmentCache,
  { opened, said, metrics }: { opened: OpenedEngine; said: string; metrics: Pick<SpeakMetrics, "looked"> },
): ClauseCache {
  const { kind, engine, config } = opened;
  const build = createHash("sha256")
    .update(config ?? "")
    .digest("base64url");
  return createClauseCache({
    cache,
    sampleRateHertz: engine.sampleRateHertz,
    revision(voice) {
      const made = engine.revisionOf === undefined ? "" : engine.revisionOf(voice);
      const isFixed = made !== undefined && !engine.fromFirst(voice);
      return isFixed ? JSON.stringify([kind, engine.name, build, said, made]) : undefined;
    },
    looked(found) {
      cache.looked(found);
      metrics.looked(found);
    },
  });
}
