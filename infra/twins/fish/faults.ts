import { gzipSync } from "node:zlib";
import { hash } from "../../text/hash.ts";
import { framesPerSecond, sampleRateHertz, wavHeader } from "./sound/audio.ts";

/** A fault of Fish-Speech, or of a proxy in front of it, that a word in the text to speak triggers. */
export interface Trigger {
  /** A description of what the fault does, for `--help` and `GET /_twin/faults`. */
  does: string;
  /** This response is sent instead of doing any work. */
  answer?: { status: number; body: string | Uint8Array; headers?: Record<string, string> };
  /** The connection is destroyed before the first byte. */
  reset?: true;
  /**
   * The message of the error that is thrown in the segment with the trigger word: the client gets a 500, or, if the
   * answer is streamed, its connection is cut.
   */
  error?: string;
  /** The connection is cut in the middle of the segment that contains the trigger word. */
  cut?: true;
  /** The request gets no response, and the worker stays blocked, so that later requests wait. */
  hang?: true;
  /** The process exits at the request with the trigger word and is restarted: meanwhile connections are refused. */
  restart?: true;
  /** Changes the finished file before it is sent; the file is then sent as a whole, even if streaming was requested. */
  remade?: (file: Buffer) => { body: Buffer; headers?: Record<string, string> };
  /** If set, the body is written in pieces that end in the middle of a sample or of the header. */
  odd?: true;
  /** Makes correct samples faulty. If `streaming`, values that are too large overflow instead of being clipped. */
  audio?: (samples: Int16Array, streaming: boolean) => Int16Array;
}

const signIn = `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${"<p>Please sign in.</p>".repeat(9000)}</body></html>`;
const json = { "content-type": "application/json" };

/** All triggers, keyed by the word in capitals that activates each of them. */
export const triggers: Readonly<Record<string, Trigger>> = {
  FAIL: {
    does: "the engine fails: answers 500 or, when streaming, 200 and then cuts the connection",
    error: "Failed to generate speech",
  },
  OOM: {
    does: "like FAIL, with the error that the GPU is out of memory",
    error: "CUDA out of memory. Tried to allocate 2.00 GiB.",
  },
  CUT: { does: "the connection is cut in the middle of the audio", cut: true },
  RESET: { does: "the connection is destroyed before the first byte", reset: true },
  HANG: { does: "never answers, and blocks all other requests", hang: true },
  ODD: { does: "the audio comes in pieces that end inside a sample, and inside the header", odd: true },
  SHORT: {
    does: "speaks for 0.14 s, as after an interrupted request",
    audio: (samples) => samples.slice(0, Math.round(0.139 * sampleRateHertz)),
  },
  LOOP: {
    does: "repeats itself to the limit: 47.5 s, or max_new_tokens",
    audio: (samples) => repeat(samples, 1024 / framesPerSecond),
  },
  TWICE: { does: "speaks the text twice", audio: (samples) => repeat(samples, (2 * samples.length) / sampleRateHertz) },
  SILENT: { does: "sends silence of the right length", audio: (samples) => samples.fill(0) },
  LEAD: { does: "is silent for 1.5 s before its words", audio: (samples) => surround(samples, 1.5, 0) },
  DEAD: { does: "is silent for 20 s after its words", audio: (samples) => surround(samples, 0, 20) },
  CLIP: { does: "every sample that is not silent is at full scale", audio: (samples) => samples.map(square) },
  LOUD: { does: "five times too loud: the waveform is clipped", audio: (samples) => samples.map(amplify(5)) },
  OFFSET: {
    does: "the waveform is shifted: every sample is far above zero",
    audio: (samples) => samples.map((one) => one / 4 + 20_000),
  },
  QUIET: { does: "speaks at a quarter of its usual volume", audio: (samples) => samples.map(amplify(0.25)) },
  WRAP: { does: "one sample is too loud: when streaming it wraps around to -32768, a click", audio: overdrive },
  OVER: {
    does: "the speech is a tenth too loud: if streamed, its samples wrap around, else they are clipped",
    audio: overdriveAll,
  },
  LONG: {
    does: "answers 400: the text is too long",
    answer: answer(400, "Text is too long, max length is 400", "Bad Request"),
  },
  DENIED: { does: "answers 401: the key is wrong", answer: answer(401, "Invalid token", "Unauthorized") },
  MEDIA: {
    does: "answers 415: the content type is not supported",
    answer: answer(415, null, "Unsupported Media Type"),
  },
  SCHEMA: {
    does: "answers 422 with a list of invalid fields that quotes their values",
    answer: {
      status: 422,
      headers: json,
      body: JSON.stringify(
        [{ type: "string_type", loc: ["text"], msg: "Input should be a valid string", input: "SCHEMA" }],
        null,
        2,
      ),
    },
  },
  EMPTY: {
    does: "answers 500: there was no text to speak",
    answer: answer(500, "No audio generated, please check the input text.", "Internal Server Error"),
  },
  VOID: {
    does: "answers 200 with a WAV header and no samples",
    answer: { status: 200, headers: { "content-type": "audio/wav" }, body: wavHeader(0) },
  },
  BUSY: {
    does: "answers 503 with an HTML page and Retry-After, as a proxy in front of it does",
    answer: { status: 503, headers: { "content-type": "text/html", "retry-after": "2" }, body: "<h1>Busy</h1>" },
  },
  LATER: {
    does: "like BUSY, with half the Retry-After",
    answer: { status: 503, headers: { "content-type": "text/html", "retry-after": "1" }, body: "<h1>Busy</h1>" },
  },
  RESTART: { does: "the process exits and is restarted; connections are refused meanwhile", restart: true },
  PAGE: {
    does: "answers 200 with a sign-in page, as a proxy in front of it does",
    answer: { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: signIn },
  },
  DISGUISE: {
    does: "answers 200 with an HTML page labelled audio/wav",
    answer: { status: 200, headers: { "content-type": "audio/wav" }, body: signIn },
  },
  SORRY: {
    does: "answers 200 with an error in JSON",
    answer: { status: 200, headers: json, body: JSON.stringify({ error: { message: "synthesis failed" } }) },
  },
  MPEG: {
    does: "answers 200 with MP3, whatever was asked for",
    answer: { status: 200, headers: { "content-type": "audio/mpeg" }, body: mp3() },
  },
  GZIP: {
    does: "the file is sent with gzip compression",
    remade: (file) => ({ body: gzipSync(file), headers: { "content-encoding": "gzip" } }),
  },
  SLOWER: {
    does: "the file's sample rate is 24,000 Hz",
    remade: (file) => {
      file.writeUInt32LE(24_000, 24);
      return { body: file };
    },
  },
  STUB: { does: "the file ends after a fifth, without an error", remade: (file) => ({ body: aFifth(file) }) },
  HEADER: {
    does: "a WAV header followed by an HTML page",
    remade: (file) => ({ body: Buffer.concat([file.subarray(0, 44), Buffer.from(signIn)]) }),
  },
  TAIL: {
    does: "an error in JSON follows the samples",
    remade: (file) => ({ body: Buffer.concat([file, Buffer.from(JSON.stringify({ error: "CUDA error" }))]) }),
  },
};

/** Misbehavior of the real server that is imitated without any trigger: descriptions by name. */
export const habits: Readonly<Record<string, string>> = {
  serial: "serves one request at a time; while it speaks nothing else is answered, not even health checks",
  deaf: "does not notice that a client has left, and finishes the work",
  headless: "1.5.1 and later stream without a WAV header; older versions send one with wrong sizes",
  stranger: "a missing or unknown reference is no error: it speaks in a random voice, a different one each time",
  squatter: "speaking with an unknown reference leaves an empty folder, so adding that reference later is answered 409",
  "idle-close": "a connection that is idle for 5 s is closed",
};

/** A trigger that the text of a request has activated. */
export interface Pulled {
  readonly trigger: Trigger;
  /** Whether the trigger affects this part of the text. */
  strikes(part: string): boolean;
}

/** What activates triggers: words in the texts, or a fixed setting. */
export interface TriggerOptions {
  /** Whether a trigger is activated by a text that contains its word. */
  byText: boolean;
  /** The word of the trigger to apply to every text, whatever the text contains; undefined: no trigger. */
  always: string | undefined;
}

/**
 * Returns a function that finds the trigger whose word a text contains. If the text also contains the word ONCE, the
 * trigger is found only the first time: when the same text is requested again, there is no fault.
 */
export function createTriggers({ byText, always }: TriggerOptions): (text: string) => Pulled | undefined {
  const pulledOnce = new Set<string>();
  const fixed = always === undefined ? undefined : triggers[always];
  return (text) => {
    if (fixed !== undefined) return { trigger: fixed, strikes: () => true };
    const name = byText ? Object.keys(triggers).find((word) => holds(text, word)) : undefined;
    if (name === undefined || pulledOnce.has(text)) return undefined;
    if (holds(text, "ONCE")) pulledOnce.add(text);
    return { trigger: triggers[name] as Trigger, strikes: (part) => holds(part, name) };
  };
}

function holds(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

function answer(status: number, message: string | null, error: string): NonNullable<Trigger["answer"]> {
  return { status, headers: json, body: JSON.stringify({ statusCode: status, message, error }) };
}

/** Eight seconds of MPEG 1 layer III: frames of 417 bytes. */
function mp3(): Buffer {
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(413, 0x55)]);
  return Buffer.concat(Array<Buffer>(300).fill(frame));
}

/** Returns the first fifth of a file of 16-bit samples, cut at the end of a sample. */
function aFifth(file: Buffer): Buffer {
  return file.subarray(0, Math.round(file.length / 10) * 2);
}

function repeat(samples: Int16Array, seconds: number): Int16Array {
  const looped = new Int16Array(Math.round(seconds * sampleRateHertz));
  for (let at = 0; samples.length > 0 && at < looped.length; at += samples.length)
    looped.set(samples.subarray(0, looped.length - at), at);
  return looped;
}

function overdrive(samples: Int16Array, streaming: boolean): Int16Array {
  const middle = samples.length >> 1;
  samples.set([30_000, 32_000, streaming ? -32_768 : 32_767, 32_000, 30_000], middle - 2);
  return samples;
}

function overdriveAll(samples: Int16Array, streaming: boolean): Int16Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1);
  const gain = (1.1 * 32_767) / peak;
  return streaming ? Int16Array.from(samples, (sample) => Math.round(sample * gain)) : samples.map(amplify(gain));
}

/** Returns a function that amplifies a 16-bit sample by the factor `gain`, with clipping. */
const amplify = (gain: number) => (sample: number) => Math.max(-32_768, Math.min(32_767, Math.round(sample * gain)));

function square(sample: number): number {
  return Math.abs(sample) < 100 ? 0 : sample > 0 ? 32_767 : -32_768;
}

function surround(samples: Int16Array, beforeSeconds: number, afterSeconds: number): Int16Array {
  const before = Math.round(beforeSeconds * sampleRateHertz);
  const longer = new Int16Array(before + samples.length + Math.round(afterSeconds * sampleRateHertz));
  longer.set(samples, before);
  return longer;
}

/** The name of a random voice, with which Fish-Speech speaks if it has no reference. */
export function strangerVoice(random: () => number): string {
  return `stranger-${hash(String(random()))}`;
}
