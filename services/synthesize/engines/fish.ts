import { Agent, request as send } from "undici";
import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/engine-error.ts";
import { pcmFrames, type WavHeader } from "../pcm.ts";
import type { Engine, EngineRequest, Voice } from "./engine.ts";
import { refusal, unreachable } from "./http-errors.ts";

/** How to reach Fish-Speech (S1, S2). */
export interface FishOptions {
  /** Base addresses, one a worker. */
  readonly urls: readonly string[];
  /** Sent as a bearer token. */
  readonly apiKey: string | undefined;
  /** Reference ids that may be used, the default first; empty: all that the first worker lists. */
  readonly voices: readonly string[];
  /** How long one request may take. */
  readonly timeoutMs: number;
  /** The least speech of a first segment, in seconds. */
  readonly minOpenerSeconds: number;
  readonly clock: Clock;
}

/** 44.1 kHz in every version; the codec makes 2048 samples a token (modded_dac_vq). */
const sampleRateHertz = 44_100;
const tokensPerSecond = sampleRateHertz / 2048;
/** The server's own limit: 47.5 s of audio. */
const mostTokens = 1024;
/** Below uvicorn's 5 s, after which it closes an idle connection under our feet. */
const keepAliveTimeoutMs = 4000;
/** An idle worker answers its health check at once. */
const healthTimeoutMs = 2000;
/** The name of the voice when neither operator nor server has a reference: Fish-Speech then picks one at random, each time. */
const anyVoice = "default";

/**
 * Fish-Speech's own HTTP server. It is serial, emits nothing before a request is complete, and does not notice a client
 * that leaves: an abandoned job is read to its end and thrown away, and its worker is not free before. Requests are not
 * `streaming`: S1 and S2 would send no byte earlier that way, wrap loud samples, and hide errors behind a 200.
 */
export function createFishEngine(options: FishOptions): Engine {
  const { urls, apiKey, timeoutMs, minOpenerSeconds, clock } = options;
  // The server holds its headers back while it speaks, and answers nobody else: time is kept here, not per socket event.
  const agent = new Agent({
    keepAliveTimeout: keepAliveTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 5000 },
  });
  const busy = urls.map(() => false);
  const headers = { accept: "application/json", ...(apiKey && { authorization: `Bearer ${apiKey}` }) };

  async function listReferences(signal: AbortSignal): Promise<string[]> {
    const url = `${urls[0]}/v1/references/list`;
    const response = await send(url, { dispatcher: agent, headers, signal }).catch(unreachable("Fish-Speech", url));
    if (response.statusCode === 404) {
      // 1.4, 1.5 and early S1 have no such route.
      await response.body.dump();
      return [];
    }
    if (response.statusCode !== 200) throw await refusal("Fish-Speech", url, response);
    const body = (await response.body.json()) as { reference_ids?: unknown };
    return Array.isArray(body.reference_ids) ? body.reference_ids.filter((id) => typeof id === "string") : [];
  }

  /** A worker that speaks is well, and would not answer: it is asked only when it is idle. */
  async function whyNotReady(worker: number): Promise<string | undefined> {
    if (busy[worker]) return undefined;
    const url = `${urls[worker]}/v1/health`;
    try {
      const response = await send(url, { dispatcher: agent, headers, signal: AbortSignal.timeout(healthTimeoutMs) });
      await response.body.dump();
      return response.statusCode === 200 || busy[worker]
        ? undefined
        : `Fish-Speech at ${url} answered ${response.statusCode}`;
    } catch {
      return busy[worker] ? undefined : `Fish-Speech at ${url} does not answer`;
    }
  }

  async function* speak(url: string, request: EngineRequest, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const { text, voice, seed, maxSeconds } = request;
    const body = JSON.stringify({
      text: withFinalMark(text),
      ...(voice !== anyVoice && { reference_id: voice, use_memory_cache: "on" }),
      format: "wav",
      streaming: false,
      normalize: false,
      seed,
      max_new_tokens: Math.min(mostTokens, Math.ceil(maxSeconds * tokensPerSecond)),
      temperature: 0.7,
      top_p: 0.8,
      repetition_penalty: 1.1,
    });
    const response = await send(url, {
      dispatcher: agent,
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      signal,
    }).catch(unreachable("Fish-Speech", url));
    if (response.statusCode !== 200) throw await refusal("Fish-Speech", url, response);
    let received = false;
    try {
      for await (const frames of pcmFrames(response.body, checkHeader)) {
        received = true;
        yield frames;
      }
    } catch (error) {
      if (error instanceof EngineError || signal.aborted) throw error;
      throw new EngineError(received ? "broken" : "unreachable", `Fish-Speech at ${url} cut its answer short`, {
        cause: error,
      });
    }
  }

  return {
    name: "fish",
    sampleRateHertz,
    slots: urls.map(() => 1),
    streams: false,
    minOpenerSeconds,
    async voices(signal) {
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
      return reasons.includes(undefined) ? undefined : `${reasons.join("; ")}: check DUET_FISH_URL`;
    },
    close: () => agent.destroy(),
  };
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

function checkHeader({ sampleRateHertz: rate, channelCount, bitsPerSample }: WavHeader): void {
  if (rate === sampleRateHertz && channelCount === 1 && bitsPerSample === 16) return;
  throw new EngineError(
    "rejected",
    `Fish-Speech sent ${rate} Hz, ${channelCount} channels, ${bitsPerSample} bit where ${sampleRateHertz} Hz mono 16 bit was expected`,
  );
}
