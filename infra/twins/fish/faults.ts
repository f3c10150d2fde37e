import { hash } from "../../text/hash.ts";
import { framesPerSecond, sampleRateHertz } from "./sound/audio.ts";

/** A way in which Fish-Speech, or what stands before it, misbehaves; chosen by a word in the text to speak. */
export interface Trigger {
  /** What it does, for `--help` and `GET /_twin/faults`. */
  does: string;
  /** Answered instead of any work. */
  answer?: { status: number; body: string; headers?: Record<string, string> };
  /** The connection is destroyed before the first byte. */
  reset?: true;
  /** The engine throws this at the segment with the word: 500, or a cut when it streams. */
  error?: string;
  /** The connection is cut in the middle of the segment with the word. */
  cut?: true;
  /** Nothing comes, and the worker stays blocked. */
  hang?: true;
  /** The body is written in pieces that end inside samples and inside the header. */
  odd?: true;
  /** Changes what was spoken; streamed samples are converted without clipping. */
  audio?: (samples: Int16Array, streaming: boolean) => Int16Array;
}

const json = { "content-type": "application/json" };

/** Every trigger, by the word in capitals that pulls it. */
export const triggers: Readonly<Record<string, Trigger>> = {
  FAIL: { does: "the engine fails: 500, or 200 and a cut when it streams", error: "Failed to generate speech" },
  OOM: { does: "as FAIL, for want of GPU memory", error: "CUDA out of memory. Tried to allocate 2.00 GiB." },
  CUT: { does: "the connection is cut in the middle of the audio", cut: true },
  RESET: { does: "the connection is destroyed before the first byte", reset: true },
  HANG: { does: "no answer comes, and nobody else gets one", hang: true },
  ODD: { does: "the audio comes in pieces that end inside a sample, and inside the header", odd: true },
  SHORT: {
    does: "speaks for 0.14 s, as after an interrupted request",
    audio: (samples) => samples.slice(0, Math.round(0.139 * sampleRateHertz)),
  },
  LOOP: {
    does: "repeats itself to the limit: 47.5 s, or max_new_tokens",
    audio: (samples) => repeat(samples, 1024 / framesPerSecond),
  },
  SILENT: { does: "speaks as long as it should, but silence", audio: (samples) => samples.fill(0) },
  WRAP: { does: "one sample is too loud: it wraps round to -32768, a click, when it streams", audio: overdrive },
  LONG: {
    does: "answers 400: the text is too long",
    answer: answer(400, "Text is too long, max length is 400", "Bad Request"),
  },
  DENIED: { does: "answers 401: the key is wrong", answer: answer(401, "Invalid token", "Unauthorized") },
  MEDIA: { does: "answers 415: the content type is not read", answer: answer(415, null, "Unsupported Media Type") },
  SCHEMA: {
    does: "answers 422 with a list of fields that do not fit, quoting them",
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
    does: "answers 500: nothing was left to speak",
    answer: answer(500, "No audio generated, please check the input text.", "Internal Server Error"),
  },
  BUSY: {
    does: "answers 503 with a page and when to come back, as a proxy before it does",
    answer: { status: 503, headers: { "content-type": "text/html", "retry-after": "2" }, body: "<h1>Busy</h1>" },
  },
};

/** What it does without being asked, by name: also part of its wire. */
export const habits: Readonly<Record<string, string>> = {
  serial: "one request at a time; while it speaks nobody else gets an answer, health included",
  deaf: "a client that leaves is not noticed: the work is finished first",
  headless: "a stream of 1.5.1 and later has no WAV header; older ones have one whose sizes are wrong",
  stranger: "no reference, or one that it does not know, is no error: a random voice speaks, another each time",
  squatter: "speaking with an unknown reference leaves an empty folder, and adding it is answered 409",
  "idle-close": "a connection that is idle for 5 s is closed",
};

/** A trigger that a request has pulled. */
export interface Pulled {
  readonly trigger: Trigger;
  /** Whether it strikes this part of the text. */
  strikes(part: string): boolean;
}

/** How texts may pull triggers. */
export interface TriggerOptions {
  /** Whether words in a text do. */
  byText: boolean;
  /** The trigger of every text; undefined for none. */
  always: string | undefined;
}

/** Finds what a text pulls. With the word ONCE in it, a text does so the first time only. */
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

/** A voice that nobody chose: what Fish-Speech speaks with when it has no reference. */
export function strangerVoice(random: () => number): string {
  return `stranger-${hash(String(random()))}`;
}
