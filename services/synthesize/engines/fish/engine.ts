import { encode } from "@msgpack/msgpack";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { pcmFrames, type WavHeader } from "../../audio/pcm.ts";
import type { Engine, EngineRequest, Voice } from "../engine.ts";
import { type FishModeName, fishModes } from "./modes.ts";
import type { FishReference } from "./references.ts";
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
/** Shorter text comes out garbled (fish-speech#451). */
const minOpenerSeconds = 0.9;
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

  async function listReferences({ address, get }: FishWorker, signal: AbortSignal): Promise<string[]> {
    const path = "/v1/references/list";
    const response = await get(path, signal);
    if (response.statusCode === 404) {
      await response.body.dump();
      return [];
    }
    if (response.statusCode !== 200) throw await refusal(address + path, response);
    const body = (await response.body.json()) as { reference_ids?: unknown };
    return Array.isArray(body.reference_ids) ? body.reference_ids.filter((id) => typeof id === "string") : [];
  }

  function toBody({ text, voice, seed, maxSeconds }: EngineRequest): object | Uint8Array {
    const inline = references.get(voice);
    const fields = {
      text: withFinalMark(text),
      ...(inline !== undefined && { references: inline }),
      ...(inline === undefined && voice !== anyVoice && { reference_id: voice }),
      ...(voice !== anyVoice && { use_memory_cache: mode.memoryCache }),
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
      yield* pcmFrames(response.body, checkHeader);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      throw new EngineError("broken", `Fish-Speech at ${at} cut its answer short`, { cause: error });
    }
  }

  return {
    name: "fish",
    sampleRateHertz,
    slots: workers.map(() => 1),
    streams: mode.streams,
    minOpenerSeconds,
    async voices(signal) {
      if (references.size > 0) return [...references.keys()].map(toVoice);
      const ids = options.voices.length > 0 ? options.voices : await listReferences(workers[0] as FishWorker, signal);
      return (ids.length > 0 ? ids : [anyVoice]).map(toVoice);
    },
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

function toVoice(id: string): Voice {
  return { name: id, displayName: id.replace(/[-_]+/g, " "), languages: [] };
}

/** How many tokens a request may come to that is to be spoken in so many seconds at most. */
export function tokenLimit(maxSeconds: number): number {
  return Math.min(mostTokens, Math.ceil(maxSeconds * tokensPerSecond));
}

/** Without a final mark the last word is often swallowed or repeated (fish-speech#1087). */
export function withFinalMark(text: string): string {
  if (/[.!?。！？…]["'”’」』）)]*$/u.test(text)) return text;
  const bare = text.replace(/[,，、;；:：\s—-]+$/u, "");
  return bare + (/\p{Script=Han}/u.test(bare) ? "。" : ".");
}

function checkHeader({ sampleRateHertz: rate, channelCount, bitsPerSample }: WavHeader): void {
  if (rate === sampleRateHertz && channelCount === 1 && bitsPerSample === 16) return;
  throw new EngineError(
    "rejected",
    `Fish-Speech sent ${rate} Hz, ${channelCount} channels, ${bitsPerSample} bit where ${sampleRateHertz} Hz mono 16 bit was expected`,
  );
}
