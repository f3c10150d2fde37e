import { encode } from "@msgpack/msgpack";
import type { Dispatcher } from "undici";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { withoutCredentials } from "../../../../infra/net/address.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { pcmFrames, type WavHeader } from "../../audio/pcm.ts";
import type { Engine, EngineRequest, Voice } from "../engine.ts";
import { refusal, unreachable } from "../http-errors.ts";
import { createFishHttp } from "./http.ts";
import { type FishModeName, fishModes } from "./modes.ts";
import type { FishReference } from "./references.ts";
import { type Ask, modesOf, readSigns } from "./signs.ts";

/** How to reach Fish-Speech. */
export interface FishOptions {
  /** Base addresses, one a worker. */
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
  /** The least speech of a first segment, in seconds. */
  readonly minOpenerSeconds: number;
  readonly clock: Clock;
}

/** 44.1 kHz in every version; the codec makes 2048 samples a token (firefly 8x1024-21hz, modded_dac_vq). */
const sampleRateHertz = 44_100;
const tokensPerSecond = sampleRateHertz / 2048;
/** The server's own limit: 47.5 s of audio. */
const mostTokens = 1024;
/** Where 1.4 and 1.5 cut a text, in bytes of UTF-8: the least that they declare. Their first audio comes that much sooner. */
const chunkLength = 100;
/** An idle worker answers its health check at once. */
const healthTimeoutMs = 2000;
/** The name of the voice when neither operator nor server has a reference: Fish-Speech then picks one at random, each time. */
const anyVoice = "default";
const noBytes = new Uint8Array();

/**
 * Fish-Speech's own HTTP server. It is serial and does not notice a client that leaves: an abandoned job is read to its
 * end and thrown away, and its worker is not free before. S1 and S2 are asked for whole answers: they would send no byte
 * earlier if they streamed, wrap loud samples, and hide errors behind a 200.
 */
export function createFishEngine(options: FishOptions): Engine {
  const { urls, apiKey, references, timeoutMs, minOpenerSeconds, clock } = options;
  const mode = fishModes[options.mode];
  const { get, post, close } = createFishHttp(apiKey);
  const busy = urls.map(() => false);
  /** Whose generation has been told since they last came up. */
  const told = urls.map(() => false);
  /** What each may be, as it was seen last. */
  const generations: FishModeName[][] = urls.map(() => []);

  async function listReferences(signal: AbortSignal): Promise<string[]> {
    const url = `${urls[0]}/v1/references/list`;
    const response = await get(url, signal).catch(unreachable("Fish-Speech", url));
    if (response.statusCode === 404) return dumped(response, []);
    if (response.statusCode !== 200) throw await refusal("Fish-Speech", url, response);
    const body = (await response.body.json()) as { reference_ids?: unknown };
    return Array.isArray(body.reference_ids) ? body.reference_ids.filter((id) => typeof id === "string") : [];
  }

  /** A worker that speaks is well, and would not answer: it is asked only when it is idle. */
  async function whyNotReady(worker: number): Promise<string | undefined> {
    if (busy[worker]) return undefined;
    const url = urls[worker] as string;
    try {
      return told[worker] ? await whyUnwell(url) : await whyOther(url, worker);
    } catch {
      told[worker] = false;
      if (!busy[worker]) generations[worker] = [];
      return busy[worker] ? undefined : `Fish-Speech at ${url} does not answer: check DUET_FISH_URL`;
    }
  }

  /** Health alone, of a worker whose generation is known; asked as that generation wants to be. */
  async function whyUnwell(url: string): Promise<string | undefined> {
    const { statusCode, body } = await asker(url)("/v1/health", mode.healthMethod === "POST" ? noBytes : undefined);
    await body.dump();
    return notWell(url, statusCode);
  }

  async function whyOther(url: string, worker: number): Promise<string | undefined> {
    const signs = await readSigns(asker(url));
    if (signs.getHealth !== 405 && signs.getHealth !== 200) return notWell(url, signs.getHealth);
    const modes = modesOf(signs);
    generations[worker] = modes;
    told[worker] = modes.includes(options.mode);
    if (told[worker]) return undefined;
    const remedy = modes.length > 0 ? ` but looks like ${modes.join(" or ")}: set` : ": check";
    return `Fish-Speech at ${url} is not ${options.mode}${remedy} DUET_FISH_MODE`;
  }

  function asker(url: string): Ask {
    const signal = AbortSignal.timeout(healthTimeoutMs);
    return (path, body) => (body === undefined ? get(url + path, signal) : post(url + path, body, signal));
  }

  function toBody({ text, voice, seed, maxSeconds }: EngineRequest): string | Uint8Array {
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
      max_new_tokens: Math.min(mostTokens, Math.ceil(maxSeconds * tokensPerSecond)),
      temperature: 0.7,
      top_p: 0.8,
      repetition_penalty: 1.1,
    };
    // A recording in JSON would have to be base64, and 1.4 would not know it.
    return mode.body === "msgpack" || inline !== undefined ? encode(fields) : JSON.stringify(fields);
  }

  async function* speak(url: string, request: EngineRequest, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const response = await post(url, toBody(request), signal).catch(unreachable("Fish-Speech", url));
    if (response.statusCode !== 200) throw await refusal("Fish-Speech", url, response);
    try {
      yield* pcmFrames(response.body, checkHeader);
    } catch (error) {
      if (error instanceof EngineError || signal.aborted) throw error;
      throw new EngineError("broken", `Fish-Speech at ${url} cut its answer short`, { cause: error });
    }
  }

  return {
    name: "fish",
    sampleRateHertz,
    slots: urls.map(() => 1),
    streams: mode.streams,
    minOpenerSeconds,
    async voices(signal) {
      if (references.size > 0) return [...references.keys()].map(toVoice);
      const ids = options.voices.length > 0 ? options.voices : await listReferences(signal);
      return (ids.length > 0 ? ids : [anyVoice]).map(toVoice);
    },
    async *synthesize(worker, request, signal) {
      signal.throwIfAborted();
      const url = `${urls[worker]}/v1/tts`;
      // Not the caller's signal: the server would go on all the same, and we would not know when it is free.
      const limit = new AbortController();
      const cancelLimit = clock.after(timeoutMs, () => limit.abort());
      busy[worker] = true;
      try {
        for await (const frames of speak(url, request, limit.signal)) if (!signal.aborted) yield frames;
      } catch (error) {
        if (!limit.signal.aborted) throw error;
        throw new EngineError("stalled", `Fish-Speech at ${url} took more than ${timeoutMs} ms for one segment`);
      } finally {
        cancelLimit();
        busy[worker] = false;
      }
      signal.throwIfAborted();
    },
    async notReady() {
      const reasons = await Promise.all(urls.map((_, worker) => whyNotReady(worker)));
      return reasons.includes(undefined) ? undefined : reasons.join("; ");
    },
    async workers() {
      const reasons = await Promise.all(urls.map((_, worker) => whyNotReady(worker)));
      return urls.map((url, worker) => ({
        url: withoutCredentials(url),
        generations: generations[worker] as FishModeName[],
        reason: reasons[worker],
      }));
    },
    close,
  };
}

async function dumped<T>(response: Dispatcher.ResponseData, result: T): Promise<T> {
  await response.body.dump();
  return result;
}

function toVoice(id: string): Voice {
  return { name: id, displayName: id.replace(/[-_]+/g, " "), languages: [] };
}

/** Without a final mark the last word is often swallowed or repeated (fish-speech#1087). */
function withFinalMark(text: string): string {
  if (/[.!?。！？…]["'”’」』）)]*$/u.test(text)) return text;
  const bare = text.replace(/[,，、;；:：\s—-]+$/u, "");
  return bare + (/\p{Script=Han}/u.test(bare) ? "。" : ".");
}

function notWell(url: string, status: number): string | undefined {
  if (status === 401) return `Fish-Speech at ${url} does not accept the key: check DUET_FISH_API_KEY`;
  return status === 200 ? undefined : `Fish-Speech at ${url} answered ${status}`;
}

function checkHeader({ sampleRateHertz: rate, channelCount, bitsPerSample }: WavHeader): void {
  if (rate === sampleRateHertz && channelCount === 1 && bitsPerSample === 16) return;
  throw new EngineError(
    "rejected",
    `Fish-Speech sent ${rate} Hz, ${channelCount} channels, ${bitsPerSample} bit where ${sampleRateHertz} Hz mono 16 bit was expected`,
  );
}
