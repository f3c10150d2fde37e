import { encode } from "@msgpack/msgpack";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { readAnswer } from "../../audio/answer.ts";
import { toWav } from "../../audio/wav.ts";
import type { Engine, EngineRequest, Sample, Voice } from "../engine.ts";
import { listReferences } from "./listing.ts";
import { type FishModeName, fishModes } from "./modes.ts";
import { digestOf, type FishReference } from "./references.ts";
import { refusal } from "./refusal.ts";
import { createFishWorker, type FishWorker } from "./worker.ts";

/** How to reach Fish-Speech. */
export interface FishOptions {
  /** Base addresses, one a worker; at least one. */
  readonly urls: readonly string[];
  /** Which generation answers there. */
  readonly mode: FishModeName;
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  /** Reference ids that may be used, the default first; empty: all that the first worker lists. */
  readonly voices: readonly string[];
  /** Voices that travel with each request instead of lying on the server; if any, they are all there are. */
  readonly references: ReadonlyMap<string, readonly FishReference[]>;
  /** What to do where there is no reference at all; see the setting. */
  readonly withoutReference: "unready" | "pin" | "random";
  /** How long one request may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** 44.1 kHz in every version; the codec makes 2048 samples a token (firefly 8x1024-21hz, modded_dac_vq). */
const sampleRateHertz = 44_100;
const tokensPerSecond = sampleRateHertz / 2048;
/** The server's own limit: 47.5 s of audio. */
const mostTokens = 1024;
/** Where 1.4 and 1.5 cut a text, in bytes of UTF-8: the least that they declare. Their first audio comes that much sooner. */
export const chunkLength = 100;
/**
 * Short texts come out as noise, or with words that nobody wrote: two hanzi do (fish-speech#451, #687, #612, #765). Nobody has published how often; these
 * are what its users' reports make likely, and what the guard finds counts soon for more.
 */
const garble = [
  { belowSeconds: 0.2, probability: 0.4 },
  { belowSeconds: 0.4, probability: 0.3 },
  { belowSeconds: 0.6, probability: 0.15 },
  { belowSeconds: 0.8, probability: 0.05 },
  { belowSeconds: 1, probability: 0.01 },
];
/** How long it may take to find out whether there are references. */
const cautionTimeoutMs = 3000;
const remedy =
  "put references on its servers and name them in DUET_FISH_VOICES, or set DUET_FISH_REFERENCES to a folder of recordings";
/** What people are told of a Fish-Speech without references, by what the operator decided. */
const cautions = {
  unready: {
    reason: `Fish-Speech has no reference and would speak each sentence in another voice: ${remedy}; or accept it with DUET_FISH_WITHOUT_REFERENCE`,
    isReady: false,
  },
  pin: {
    reason: `Fish-Speech has no reference: each text is spoken in the voice of its first words; ${remedy}`,
    isReady: true,
  },
  random: {
    reason: `Fish-Speech has no reference and speaks each sentence in another voice: ${remedy}`,
    isReady: true,
  },
};
/** The name of the voice when neither operator nor server has a reference: Fish-Speech then picks one at random, each time. */
const anyVoice = "default";

/**
 * Fish-Speech's own HTTP server. It is serial and does not notice a client that leaves: an abandoned job is read to its
 * end and thrown away, and its worker is not free before. S1 and S2 are asked for whole answers: they would send no byte
 * earlier if they streamed, wrap loud samples, and hide errors behind a 200.
 */
export function createFishEngine(options: FishOptions): Engine {
  const { references, timeoutMs, clock } = options;
  const mode = fishModes[options.mode];
  const workers = options.urls.map((url) => createFishWorker({ url, mode: options.mode, apiKey: options.apiKey }));
  /** Voices are known beforehand, and need not be asked for. */
  const ownIds = references.size > 0 ? [...references.keys()] : options.voices;
  /** Of the recordings that are sent along. */
  const digests = new Map([...references].map(([voice, recordings]) => [voice, digestOf(recordings)]));
  /** A server has been seen to have references. */
  let hasSome = ownIds.length > 0;

  async function voiceIds(signal: AbortSignal): Promise<readonly string[]> {
    const ids = ownIds.length > 0 ? ownIds : await listReferences(workers, signal, clock);
    hasSome ||= ids.length > 0;
    return ids.length > 0 ? ids : [anyVoice];
  }

  /** False too where nobody answers, which is said elsewhere. */
  async function lacksReferences(): Promise<boolean> {
    if (hasSome) return false;
    try {
      await voiceIds(AbortSignal.timeout(cautionTimeoutMs));
      return !hasSome;
    } catch {
      return false;
    }
  }

  function toBody({ text, goesOn, voice, seed, maxSeconds, like }: EngineRequest): object | Uint8Array {
    const inline = voice === anyVoice && like !== undefined ? [toReference(like)] : references.get(voice);
    const fields = {
      text: withFinalMark(text, goesOn),
      ...(inline !== undefined && { references: inline }),
      ...(inline === undefined && voice !== anyVoice && { reference_id: voice }),
      ...((voice !== anyVoice || inline !== undefined) && { use_memory_cache: mode.memoryCache }),
      format: "wav",
      streaming: mode.streams,
      // What 1.4 and 1.5 normalise is Chinese only, in any language; it has been done already.
      normalize: false,
      chunk_length: chunkLength,
      seed,
      max_new_tokens: tokenLimit(maxSeconds),
      temperature: 0.7,
      top_p: 0.8,
      repetition_penalty: 1.1,
    };
    // A recording in JSON would have to be base64, and 1.4 would not know it.
    return mode.body === "msgpack" || inline !== undefined ? encode(fields) : fields;
  }

  async function* speak(
    { post }: FishWorker,
    at: string,
    request: EngineRequest,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const response = await post("/v1/tts", toBody(request), signal);
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

  return {
    name: "fish",
    sampleRateHertz,
    addresses: workers.map(({ address }) => address),
    slots: workers.map(() => 1),
    streams: mode.streams,
    // A whole file is written by a library that clips.
    checks: { wraps: mode.streams, loops: true, speed: 1 },
    garble,
    revisionOf: (voice) => (voice === anyVoice ? undefined : `${options.mode} ${digests.get(voice) ?? ""}`),
    fromFirst: (voice) => voice === anyVoice && options.withoutReference === "pin",
    voices: async (signal) => (await voiceIds(signal)).map(toVoice),
    async *synthesize(index, request, signal) {
      signal.throwIfAborted();
      const worker = workers[index] as FishWorker;
      const at = `${worker.address}/v1/tts`;
      // Not within the caller's signal: the server would go on all the same, and we would not know when it is free.
      const watchdog = createWatchdog(clock);
      watchdog.expect(timeoutMs, () => {
        return new EngineError("stalled", `Fish-Speech at ${at} took more than ${timeoutMs} ms for one segment`);
      });
      worker.busy = true;
      try {
        for await (const frames of speak(worker, at, request, watchdog.signal)) if (!signal.aborted) yield frames;
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

/** A reference ends with half a second of silence, or the last words are swallowed (fish-speech#575). */
function toReference({ samples, text }: Sample): FishReference {
  const padded = new Int16Array(samples.length + sampleRateHertz / 2);
  padded.set(samples);
  return { audio: toWav(padded, sampleRateHertz), text };
}

function toVoice(id: string): Voice {
  return { name: id, displayName: id.replace(/[-_]+/g, " "), languages: [] };
}

/** How many tokens a request may come to that is to be spoken in so many seconds at most. */
export function tokenLimit(maxSeconds: number): number {
  return Math.min(mostTokens, Math.ceil(maxSeconds * tokensPerSecond));
}

/**
 * Without a mark at the end the last word is often swallowed or repeated (fish-speech#1087). A full stop has the voice fall, so that words which go on get
 * a comma: 1.4 and 1.5 cut long texts behind commas themselves.
 */
export function withFinalMark(text: string, goesOn = false): string {
  if (/[.!?。！？…]["'”’」』）)]*$/u.test(text)) return text;
  const bare = text.replace(/[,，、;；:：\s—-]+$/u, "");
  const [comma, stop] = /\p{Script=Han}/u.test(bare) ? ["，", "。"] : [",", "."];
  return bare + (goesOn ? comma : stop);
}
