import type { Clock } from "../../../../infra/clock/clock.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { faultOf, retryDelayMs } from "../../../common/engine/faults.ts";
import { createHttp, readText } from "../../../common/engine/http.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { pcmFrames } from "../../audio/pcm.ts";
import { estimateSeconds } from "../../text/duration.ts";
import type { Engine, EngineWorker } from "../engine.ts";

/** How to reach the servers of tones. */
export interface TonesOptions {
  /** Base addresses, one a worker; at least one. */
  readonly urls: readonly string[];
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  /** How long one segment may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

const sampleRateHertz = 24_000;
/** A server computes several tones at once as soon as one. */
const slotsOfWorker = 4;
/** Shorter, a tone is a click. */
const leastSeconds = 0.1;
const healthTimeoutMs = 2000;

/** An engine that answers each text with a tone that lasts as long as the text would take to speak. */
export function createTonesEngine({ urls, apiKey, timeoutMs, clock }: TonesOptions): Engine {
  const workers = urls.map((url) => {
    const address = withoutCredentials(url);
    const unreachable = () => `the tone server at ${address} does not answer`;
    return { address, http: createHttp({ url, apiKey, unreachable, sendAgain: "died-idle" }) };
  });
  type Worker = (typeof workers)[number];

  async function get({ address, http }: Worker, path: string, signal: AbortSignal) {
    const { statusCode, headers, body } = await http.request({ method: "GET", path, signal });
    if (statusCode === 200) return body;
    await readText(body);
    throw new EngineError(faultOf(statusCode), `the tone server at ${address} answered ${statusCode}`, {
      retryDelayMs: retryDelayMs(headers),
    });
  }

  async function look(worker: Worker): Promise<EngineWorker> {
    const url = worker.address;
    try {
      const body = await get(worker, "/health", AbortSignal.timeout(healthTimeoutMs));
      const { hertz } = (await body.json()) as { hertz: number };
      return { url, versions: [String(hertz)], reason: undefined };
    } catch (error) {
      const why = error instanceof EngineError ? error.message : `the tone server at ${url} says nothing of itself`;
      return { url, versions: [], reason: `${why}: check DUET_TONES_URL` };
    }
  }
  const lookAtAll = () => Promise.all(workers.map(look));

  return {
    name: "tones",
    sampleRateHertz,
    slots: workers.map(() => slotsOfWorker),
    streams: true,
    minOpenerSeconds: 0,
    voices: async () => [{ name: "tone", displayName: "tone", languages: [] }],
    async *synthesize(index, { text, maxSeconds }, signal) {
      const worker = workers[index] as Worker;
      const seconds = Math.max(leastSeconds, Math.min(estimateSeconds(text), maxSeconds));
      // It stops as soon as it is left: within the caller's signal.
      const watchdog = createWatchdog(clock, signal);
      watchdog.signal.throwIfAborted();
      watchdog.expect(timeoutMs, () => {
        return new EngineError("stalled", `the tone server at ${worker.address} took more than ${timeoutMs} ms`);
      });
      try {
        const path = `/tone?seconds=${seconds}&rate=${sampleRateHertz}`;
        yield* pcmFrames(await get(worker, path, watchdog.signal), () => {});
      } catch (error) {
        watchdog.signal.throwIfAborted();
        if (error instanceof EngineError) throw error;
        throw new EngineError("broken", `the tone server at ${worker.address} cut its answer short`, { cause: error });
      } finally {
        watchdog.rest();
      }
    },
    async notReady() {
      const reasons = (await lookAtAll()).map(({ reason }) => reason);
      return reasons.includes(undefined) ? undefined : reasons.join("; ");
    },
    workers: lookAtAll,
    async close() {
      await Promise.all(workers.map(({ http }) => http.close()));
    },
  };
}
