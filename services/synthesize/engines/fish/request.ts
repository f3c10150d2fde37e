import { encode } from "@msgpack/msgpack";
import { toWav } from "../../audio/wav.ts";
import type { EngineRequest, Sample } from "../engine.ts";
import type { FishMode } from "./modes.ts";
import type { FishReference } from "./references.ts";

/** The recordings of voices that are sent with each request instead of being stored on the server. */
export type FishReferences = ReadonlyMap<string, readonly FishReference[]>;

/** The sample rate of every version; the codec makes 2048 samples per token (firefly 8x1024-21hz, modded_dac_vq). */
export const sampleRateHertz = 44_100;
const tokensPerSecond = sampleRateHertz / 2048;
/** The maximum number of tokens that the server generates for one request: 47.5 s of audio. */
const mostTokens = 1024;
/**
 * The length, in bytes of UTF-8, of the parts into which Fish-Speech 1.4 and 1.5 split a text: the minimum that their
 * API accepts. The shorter the parts, the sooner the first audio.
 */
export const chunkLength = 100;
/**
 * The voice's name if neither operator nor server has a reference: Fish-Speech then picks a random voice for each
 * request.
 */
export const anyVoice = "default";

/**
 * The body of a request for speech: MessagePack bytes if it contains recordings or the server expects MessagePack,
 * otherwise an object to be sent as JSON.
 */
export function toBody(request: EngineRequest, mode: FishMode, references: FishReferences): object | Uint8Array {
  const { text, goesOn, voice, seed, maxSeconds, like } = request;
  const inline = voice === anyVoice && like !== undefined ? [toReference(like)] : references.get(voice);
  const fields = {
    text: withFinalMark(text, goesOn),
    ...(inline !== undefined && { references: inline }),
    ...(inline === undefined && voice !== anyVoice && { reference_id: voice }),
    ...((voice !== anyVoice || inline !== undefined) && { use_memory_cache: mode.memoryCache }),
    format: "wav",
    streaming: mode.streams,
    // The server's own normalization (in 1.4 and 1.5) is made for Chinese, but applied to any language. It is switched
    // off, since Duet has already normalized the text.
    normalize: false,
    chunk_length: chunkLength,
    seed,
    max_new_tokens: tokenLimit(maxSeconds),
    temperature: 0.7,
    top_p: 0.8,
    repetition_penalty: 1.1,
  };
  // JSON could carry a recording only as base64, which Fish-Speech 1.4 does not support, so MessagePack is used.
  return mode.body === "msgpack" || inline !== undefined ? encode(fields) : fields;
}

/**
 * Makes a reference from a sample, with half a second of silence added at the end: without the silence, the last words
 * may be swallowed (fish-speech#575).
 */
function toReference({ samples, text }: Sample): FishReference {
  const padded = new Int16Array(samples.length + sampleRateHertz / 2);
  padded.set(samples);
  return { audio: toWav(padded, sampleRateHertz), text };
}

/** The token limit of a request whose speech may last at most `maxSeconds`. */
export function tokenLimit(maxSeconds: number): number {
  return Math.min(mostTokens, Math.ceil(maxSeconds * tokensPerSecond));
}

/**
 * Adds a final punctuation mark: without one, the last word is often swallowed or repeated (fish-speech#1087). A full
 * stop makes the voice fall, so text that goes on (`goesOn`) gets a comma, after which 1.4 and 1.5 split long texts
 * themselves.
 */
export function withFinalMark(text: string, goesOn = false): string {
  if (/[.!?。！？…]["'”’」』）)]*$/u.test(text)) return text;
  const bare = text.replace(/[,，、;；:：\s—-]+$/u, "");
  const [comma, stop] = /\p{Script=Han}/u.test(bare) ? ["，", "。"] : [",", "."];
  return bare + (goesOn ? comma : stop);
}
