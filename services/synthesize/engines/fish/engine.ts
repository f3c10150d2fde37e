import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { readAnswer } from "../../audio/answer.ts";
import type { Engine, Voice } from "../engine.ts";
import { listReferences } from "./listing.ts";
import { type FishMode, type FishModeName, fishModes } from "./modes.ts";
import { digestOf } from "./references.ts";
import { refusal } from "./refusal.ts";
import { anyVoice, type FishReferences, sampleRateHertz, toBody } from "./request.ts";
import { createFishWorker, type FishWorker } from "./worker.ts";

/** Options of createFishEngine. */
export interface FishOptions {
  /** Base URLs, one for each worker; at least one. */
  readonly urls: readonly string[];
  /** The generation of Fish-Speech to which the servers belong. */
  readonly mode: FishModeName;
  /** The API key, sent as a bearer token; undefined if the server needs none. */
  readonly apiKey: string | undefined;
  /** The reference ids that may be used, the default first; empty: all that a worker lists may be used. */
  readonly voices: readonly string[];
  /**
   * Voices that are sent with each request instead of being stored on the server. If there are any, no stored voices
   * are used.
   */
  readonly references: FishReferences;
  /** What to do if there is no reference recording; see the setting DUET_FISH_WITHOUT_REFERENCE. */
  readonly withoutReference: "unready" | "pin" | "random";
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * How likely it is that a short text comes out as noise, or with words that are not in the text; texts of two hanzi are
 * known to do so (fish-speech#451, #687, #612, #765). No rates are published: these are inferred from users' reports,
 * and are soon outweighed by measurements.
 */
const garble = [
  { belowSeconds: 0.2, probability: 0.4 },
  { belowSeconds: 0.4, probability: 0.3 },
  { belowSeconds: 0.6, probability: 0.15 },
  { belowSeconds: 0.8, probability: 0.05 },
  { belowSeconds: 1, probability: 0.01 },
];
/** How long listing the reference voices may take, in milliseconds, when it is checked whether there are any. */
const cautionTimeoutMs = 3000;
const remedy =
  "put reference voices on the Fish-Speech servers and name them in DUET_FISH_VOICES, or set DUET_FISH_REFERENCES to a folder of recordings";
/** The warnings about a Fish-Speech server without references, one for each setting of `withoutReference`. */
const cautions = {
  unready: {
    reason: `Fish-Speech has no reference voice and would speak each sentence in a different voice: ${remedy}; or set DUET_FISH_WITHOUT_REFERENCE to pin or random to accept this`,
    isReady: false,
  },
  pin: {
    reason: `Fish-Speech has no reference voice: each text gets a random voice, which it keeps to its end; ${remedy}`,
    isReady: true,
  },
  random: {
    reason: `Fish-Speech has no reference voice and speaks each sentence in a different voice: ${remedy}`,
    isReady: true,
  },
};
/**
 * Fish-Speech's own HTTP server. It is serial and does not notice that a client disconnects: an abandoned answer is
 * read to its end and discarded, and its worker is not free before then. S1 and S2 are used without streaming, which
 * would not bring the first byte sooner, lets loud samples overflow, and hides errors behind the HTTP status 200.
 */
export function createFishEngine(options: FishOptions): Engine {
  const { references, timeoutMs, clock } = options;
  const mode = fishModes[options.mode];
  const workers = options.urls.map((url) => createFishWorker({ url, mode: options.mode, apiKey: options.apiKey }));
  /** Voices known from the settings, for which no server has to be asked. */
  const ownIds = references.size > 0 ? [...references.keys()] : options.voices;
  /** For each voice, the digest of its recordings that are sent with requests. */
  const digests = new Map([...references].map(([voice, recordings]) => [voice, digestOf(recordings)]));
  /** Whether any server is known to have reference voices. */
  let hasSome = ownIds.length > 0;

  async function voiceIds(signal: AbortSignal): Promise<readonly string[]> {
    const ids = ownIds.length > 0 ? ownIds : await listReferences(workers, signal, clock);
    hasSome ||= ids.length > 0;
    return ids.length > 0 ? ids : [anyVoice];
  }

  /** Whether no server has a reference voice; false if no server responds, since that is reported elsewhere. */
  async function lacksReferences(): Promise<boolean> {
    if (hasSome) return false;
    try {
      await voiceIds(AbortSignal.timeout(cautionTimeoutMs));
      return !hasSome;
    } catch {
      return false;
    }
  }

  return {
    name: "fish",
    sampleRateHertz,
    addresses: workers.map(({ address }) => address),
    slots: workers.map(() => 1),
    streams: mode.streams,
    // Complete files are written by a library that clips loud samples, so samples wrap around only in streams.
    checks: { wraps: mode.streams, loops: true, speed: 1 },
    garble,
    revisionOf: (voice) => (voice === anyVoice ? undefined : `${options.mode} ${digests.get(voice) ?? ""}`),
    fromFirst: (voice) => voice === anyVoice && options.withoutReference === "pin",
    voices: async (signal) => (await voiceIds(signal)).map(toVoice),
    async *synthesize(index, request, signal) {
      signal.throwIfAborted();
      const worker = workers[index] as FishWorker;
      const at = `${worker.address}/v1/tts`;
      // If the caller aborts, the watchdog keeps running: the server finishes the request anyway, and is busy until
      // then.
      const watchdog = createWatchdog(clock);
      watchdog.expect(timeoutMs, () => {
        return new EngineError("stalled", `Fish-Speech at ${at} took more than ${timeoutMs} ms for one segment`);
      });
      worker.busy = true;
      try {
        const body = toBody(request, mode, references);
        for await (const frames of speak(worker, at, mode, body, watchdog.signal)) if (!signal.aborted) yield frames;
      } catch (error) {
        watchdog.signal.throwIfAborted();
        throw error;
      } finally {
        watchdog.rest();
        worker.busy = false;
      }
      signal.throwIfAborted();
    },
    probe: (index) => (workers[index] as FishWorker).probe(),
    async caution() {
      if (await lacksReferences()) return cautions[options.withoutReference];
      return undefined;
    },
    async notReady() {
      const reasons = await Promise.all(workers.map((worker) => worker.whyNotReady()));
      return reasons.includes(undefined) ? undefined : reasons.join("; ");
    },
    async workers() {
      const reasons = await Promise.all(workers.map((worker) => worker.whyNotReady()));
      return workers.map(({ address, versions }, index) => ({ url: address, versions, reason: reasons[index] }));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Requests speech from a worker. Throws an EngineError if the worker fails, or the signal's reason. */
async function* speak(
  { post }: FishWorker,
  at: string,
  mode: FishMode,
  body: object | Uint8Array,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const response = await post("/v1/tts", body, signal);
  if (response.statusCode !== 200) throw await refusal(at, response);
  try {
    const { headers, body } = response;
    const as = mode.streams ? "stream" : "wav";
    yield* readAnswer({ from: `Fish-Speech at ${at}`, headers, body }, { sampleRateHertz, as });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError("broken", `Fish-Speech at ${at} cut its answer short`, { cause: error });
  }
}

function toVoice(id: string): Voice {
  return { name: id, displayName: id.replace(/[-_]+/g, " "), languages: [] };
}
