import type { EngineWatch } from "../report/watch.ts";

/** Why no engine can speak, and what to do; undefined if at least one engine can speak. */
export async function notReady(watches: readonly Pick<EngineWatch, "notReady">[]): Promise<string | undefined> {
  const reasons = await Promise.all(watches.map((watch) => watch.notReady()));
  return reasons.includes(undefined) ? undefined : reasons.join("; ");
}

/**
 * The engines that accept no work, and the workers of other engines that accept none, with the reasons; undefined if
 * all accept work.
 */
export async function degraded(
  watches: readonly Pick<EngineWatch, "notReady" | "degraded">[],
): Promise<string | undefined> {
  const reasons = await Promise.all(
    watches.map(async (watch) => (await watch.degraded()) ?? (watches.length > 1 ? await watch.notReady() : undefined)),
  );
  const told = reasons.filter((reason) => reason !== undefined);
  return told.length === 0 ? undefined : told.join("; ");
}
