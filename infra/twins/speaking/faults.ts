import { gzipSync } from "node:zlib";

/** A fault of a speech server, or of a proxy in front of it, that a word in the text to speak triggers. */
export interface Trigger {
  /** What the fault does: the description in `--help` and `GET /_twin/faults`. */
  readonly does: string;
  /** The request is refused before any work, with this status and message in the server's own error format. */
  readonly refuses?: { readonly status: number; readonly message: string; readonly headers?: Record<string, string> };
  /** A fixed response that is sent instead of speech. */
  readonly answer?: { readonly headers: Record<string, string>; readonly body: string | Uint8Array };
  /**
   * `reset`: the connection is destroyed before the first byte. `hang`: no answer comes. `restart`: the process exits
   * and is restarted.
   */
  readonly instead?: "reset" | "hang" | "restart";
  /**
   * What goes wrong in the middle of the audio. `cut`: the connection is destroyed. `freeze`: nothing more is sent.
   * `error`: the server reports a failure, if its format allows that. `stub`: the audio ends early as if it were
   * complete. `tail`: a JSON error follows the samples.
   */
  readonly middle?: "cut" | "freeze" | "error" | "stub" | "tail";
  /** Returns the faulty audio for correct samples. */
  readonly audio?: (samples: Int16Array, sampleRateHertz: number) => Int16Array;
  /** Making a piece of audio takes this many times the piece's duration. */
  readonly crawls?: number;
  /** The body is written in pieces that end in the middle of a sample, of the header, or of an event. */
  readonly odd?: true;
  /** The sample rate that the audio has, and that the server reports, instead of its usual one. */
  readonly sampleRateHertz?: number;
  /** The number of channels that the WAV header states, although the audio is mono. */
  readonly channelCount?: number;
}

const json = { "content-type": "application/json" };
const signIn = `<!DOCTYPE html><html><head><title>Sign in</title></head><body>${"<p>Please sign in.</p>".repeat(900)}</body></html>`;
const noise = Buffer.alloc(4096, 0x17);

/** All triggers, each under the word in capitals that activates it. */
export const triggers: Readonly<Record<string, Trigger>> = {
  FAIL: { does: "answers 500: the engine fails", refuses: { status: 500, message: "Speech generation failed" } },
  OOM: {
    does: "answers 500: the GPU is out of memory",
    refuses: { status: 500, message: "CUDA out of memory. Tried to allocate 2.00 GiB." },
  },
  BUSY: { does: "answers 503: its queue is full", refuses: { status: 503, message: "Request queue is full" } },
  LATER: {
    does: "answers 429 with Retry-After",
    refuses: { status: 429, message: "Rate limit reached", headers: { "retry-after": "1" } },
  },
  DENIED: { does: "answers 401: the key is wrong", refuses: { status: 401, message: "Incorrect API key provided" } },
  REFUSED: { does: "answers 400: it rejects the request", refuses: { status: 400, message: "Invalid request" } },
  ERROR: { does: "fails in the middle, and says so if the format of its answer allows it", middle: "error" },
  CUT: { does: "the connection is cut in the middle of the audio", middle: "cut" },
  FREEZE: { does: "the stream stalls in the middle of the audio", middle: "freeze" },
  STUB: { does: "the audio ends after a fifth, without an error", middle: "stub" },
  TAIL: { does: "an error in JSON follows some samples", middle: "tail" },
  RESET: { does: "the connection is destroyed before the first byte", instead: "reset" },
  HANG: { does: "never answers", instead: "hang" },
  RESTART: { does: "the process exits and is restarted; connections are refused meanwhile", instead: "restart" },
  CRAWL: { does: "makes speech at half the speed at which it is heard", crawls: 2 },
  ODD: { does: "the answer comes in pieces that end inside a sample, a header or an event", odd: true },
  SHORT: { does: "speaks for 0.14 s", audio: (samples, rate) => samples.slice(0, Math.round(0.14 * rate)) },
  LOOP: { does: "repeats itself for a minute", audio: (samples, rate) => repeat(samples, 60 * rate) },
  SILENT: { does: "sends silence of the right length", audio: (samples) => samples.fill(0) },
  DEAD: { does: "is silent for 20 s after its words", audio: (samples, rate) => padded(samples, 20 * rate) },
  CLIP: { does: "every sample that is not silent is at full scale", audio: (samples) => samples.map(clip) },
  OFFSET: {
    does: "the waveform is shifted: every sample is far above zero",
    audio: (samples) => samples.map((one) => one / 4 + 20_000),
  },
  RATE: {
    does: "the sample rate is 16,000 Hz, and the response says so where it states a rate",
    sampleRateHertz: 16_000,
  },
  STEREO: { does: "a WAV header says two channels", channelCount: 2 },
  PAGE: {
    does: "answers 200 with a sign-in page, as a proxy in front of it does",
    answer: { headers: { "content-type": "text/html; charset=utf-8" }, body: signIn },
  },
  DISGUISE: {
    does: "answers 200 with an HTML page labelled as audio",
    answer: { headers: { "content-type": "audio/wav" }, body: signIn },
  },
  SORRY: {
    does: "answers 200 with an error in JSON",
    answer: { headers: json, body: JSON.stringify({ error: { message: "synthesis failed" } }) },
  },
  MPEG: {
    does: "answers 200 with MP3, whatever was asked for",
    answer: { headers: { "content-type": "audio/mpeg" }, body: mp3() },
  },
  GZIP: {
    does: "the audio is sent with gzip compression",
    answer: { headers: { "content-type": "audio/pcm", "content-encoding": "gzip" }, body: gzipSync(noise) },
  },
  EMPTY: { does: "answers 200 with an empty body", answer: { headers: { "content-type": "audio/pcm" }, body: "" } },
};

/**
 * Returns a function that finds the trigger whose word a text contains, or that always returns the trigger `always` if
 * it is given. If the text also contains the word ONCE, its trigger is found only the first time.
 */
export function createTriggers(byText: boolean, always: string | undefined): (text: string) => Trigger | undefined {
  const pulledOnce = new Set<string>();
  const holds = (text: string, word: string) => new RegExp(`\\b${word}\\b`).test(text);
  return (text) => {
    if (always !== undefined) return triggers[always];
    const name = byText ? Object.keys(triggers).find((word) => holds(text, word)) : undefined;
    if (name === undefined || pulledOnce.has(text)) return undefined;
    if (holds(text, "ONCE")) pulledOnce.add(text);
    return triggers[name];
  };
}

/** Eight seconds of MPEG 1 layer III: frames of 417 bytes. */
function mp3(): Buffer {
  const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(413, 0x55)]);
  return Buffer.concat(Array<Buffer>(300).fill(frame));
}

function repeat(samples: Int16Array, length: number): Int16Array {
  const looped = new Int16Array(length);
  for (let at = 0; samples.length > 0 && at < length; at += samples.length)
    looped.set(samples.subarray(0, length - at), at);
  return looped;
}

function padded(samples: Int16Array, more: number): Int16Array {
  const longer = new Int16Array(samples.length + more);
  longer.set(samples);
  return longer;
}

function clip(sample: number): number {
  return Math.abs(sample) < 100 ? 0 : sample > 0 ? 32_767 : -32_768;
}
