import type { Clock } from "../../../../infra/clock/clock.ts";
import { fresh } from "../../../common/engine/fresh.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";

/** How long an answer is taken for true, so that a crowd of probes costs one question. */
const freshMs = 2000;
/** A server that works answers its health page within this, busy or not. */
const timeoutMs = 2000;

/** A function that tells why an engine takes no work now, by `probe`, which throws the reason; undefined if it does. */
export function createReadiness(
  probe: (signal: AbortSignal) => Promise<void>,
  clock: Clock,
): () => Promise<string | undefined> {
  async function ask(): Promise<string | undefined> {
    const watchdog = createWatchdog(clock, new AbortController().signal);
    watchdog.expect(
      timeoutMs,
      () => new Error(`the model server gave no sign of life for ${timeoutMs / 1000} s: see DUET_VLLM_URL`),
    );
    try {
      await probe(watchdog.signal);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      watchdog.rest();
    }
  }

  return fresh(ask, freshMs, clock);
}
