import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { refusal } from "./refusal.ts";
import type { FishWorker } from "./worker.ts";

/** How long to wait for a server's list of references before asking the next one: an idle server answers at once. */
const passOverMs = 2000;

/**
 * The reference ids of several servers, which are assumed to be the same: those of the first server that answers. Idle
 * servers are asked first, since one that is speaking answers nobody. Empty for a generation that cannot list them.
 * Throws the EngineError of the last server.
 */
export async function listReferences(
  workers: readonly FishWorker[],
  signal: AbortSignal,
  clock: Clock,
): Promise<string[]> {
  const inOrder = [...workers].sort((one, other) => Number(one.busy) - Number(other.busy));
  for (const worker of inOrder.slice(0, -1)) {
    const watchdog = createWatchdog(clock, signal);
    watchdog.expect(
      passOverMs,
      () => new EngineError("unreachable", `Fish-Speech at ${worker.address} did not list its references in time`),
    );
    try {
      return await listOf(worker, watchdog.signal);
    } catch {
      signal.throwIfAborted();
    } finally {
      watchdog.rest();
    }
  }
  return listOf(inOrder.at(-1) as FishWorker, signal);
}

async function listOf({ address, get }: FishWorker, signal: AbortSignal): Promise<string[]> {
  const path = "/v1/references/list";
  const response = await get(path, signal);
  if (response.statusCode === 404) {
    await response.body.dump();
    return [];
  }
  if (response.statusCode !== 200) throw await refusal(address + path, response);
  const body = (await response.body.json().catch(() => {
    throw new EngineError("misshapen", `Fish-Speech at ${address} lists its references in a format that is not JSON`);
  })) as { reference_ids?: unknown };
  return Array.isArray(body.reference_ids) ? body.reference_ids.filter((id) => typeof id === "string") : [];
}
