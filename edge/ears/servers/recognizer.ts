/**
 * One recognizer as the pool sees it: how to send it a recording, and the circuit breaker that keeps requests away
 * while it is failing.
 */
import { type Breaker, createBreaker } from "../../../infra/balance/breaker.ts";
import type { Clock } from "../../../infra/clock/clock.ts";
import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { wavHeaderBytes } from "../../audio/wav.ts";
import type { Recording } from "../recording/recording.ts";
import { promptFor } from "../words/prompt.ts";
import type { Written } from "./answer.ts";
import { EarsError } from "./ears-error.ts";
import { writeForm } from "./form.ts";
import { type EarsKind, kindOf, socketKind } from "./kinds.ts";
import { createEarsServer } from "./server.ts";
import { createEarsSocket } from "./socket.ts";

/** Settings of a recognizer. */
export interface RecognizerSettings {
  readonly kind: string;
  /** The model to ask for. Default: the first speech recognition model that the recognizer lists. */
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  /** Whether to request the transcript as a stream from a recognizer that can send one. */
  readonly stream: boolean;
}

/** What the recognizer is told about a recording, to help it transcribe the recording. */
export interface Hints {
  /** The language of the recording, as a BCP 47 tag; empty if unknown. */
  readonly language: string;
  /** Names and terms that may come up; empty: none. */
  readonly terms: string;
  /** The trace context of the work on this recording. */
  readonly trace: TraceContext;
}

/** What is sent to a recognizer: a file, and the file's format. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly format: "wav" | (Recording & { form: "file" })["format"];
}

/** What a recognizer returned, and the prompt that it was given. */
export interface Answered extends Written {
  readonly prompt: string;
}

/** A recognizer. */
export interface Recognizer {
  readonly url: string;
  readonly breaker: Breaker;
  /** How many requests to this recognizer are in flight. */
  readonly inFlight: number;
  /** Has the recognizer transcribe a file. Throws EarsError if that fails, or the signal's reason if that aborts. */
  write(sent: Sent, hints: Hints, signal: AbortSignal): Promise<Answered>;
  close(): Promise<void>;
}

const types: Record<Sent["format"], string> = {
  wav: "audio/wav",
  ogg: "audio/ogg",
  webm: "audio/webm",
  mp3: "audio/mpeg",
  flac: "audio/flac",
};
const hears = /whisper|asr|transcri|sense-?voice|paraformer|parakeet|canary|voxtral|moonshine|distil/i;
// The time limit for fetching a recognizer's list of models: short, since a caller is waiting.
const listTimeoutMs = 2_000;

/** Creates a `Recognizer`. */
export function createRecognizer(url: string, settings: RecognizerSettings, clock: Clock): Recognizer {
  const { apiKey } = settings;
  const server = createEarsServer({ url, apiKey });
  const socket = settings.kind === socketKind ? createEarsSocket({ url, apiKey, clock }) : undefined;
  const breaker = createBreaker();
  let inFlight = 0;
  let known: string | undefined = settings.model;
  // Set once the recognizer has refused `verbose_json`: from then on only `json` is requested.
  let plainOnly = false;

  const modelOf = async (signal: AbortSignal): Promise<string | undefined> => {
    if (known !== undefined) return known;
    const late = new AbortController();
    const cancel = clock.after(listTimeoutMs, () => late.abort());
    try {
      const names = await server.models(AbortSignal.any([signal, late.signal]));
      known = names.find((name) => hears.test(name)) ?? names[0];
    } catch {
      // The error is ignored: a recognizer that does not list its models may still accept the recording, and if the
      // recognizer is unreachable, the next request will show that.
      signal.throwIfAborted();
    } finally {
      cancel();
    }
    return known;
  };

  const ask = async (
    kind: EarsKind,
    { model, format }: { readonly model: string | undefined; readonly format: EarsKind["format"] },
    sent: Sent,
    hints: Hints,
    signal: AbortSignal,
  ) => {
    const prompt = promptFor(hints, kind);
    const language = kind.takesLanguage ? shortOf(hints.language) : "";
    const stream = settings.stream && kind.streams;
    const fields = {
      ...(model !== undefined && { model }),
      // `json` suffices for a streamed answer, since it would lack the figures that `verbose_json` adds.
      response_format: stream ? "json" : format,
      temperature: "0",
      ...(language !== "" && { language }),
      ...(prompt !== "" && { prompt }),
      ...(stream && { stream: "true" }),
    };
    const file = { name: `speech.${sent.format}`, type: types[sent.format], bytes: sent.bytes };
    return { ...(await server.write(kind.path, writeForm(fields, file), { ...hints, signal })), prompt };
  };

  return {
    url,
    breaker,
    get inFlight() {
      return inFlight;
    },
    async write(sent, hints, signal) {
      inFlight++;
      try {
        if (socket !== undefined) {
          if (sent.format !== "wav") throw refusal(sent);
          const samples = sent.bytes.subarray(wavHeaderBytes);
          return { ...(await socket.write(samples, { ...hints, signal })), prompt: "" };
        }
        const model = await modelOf(signal);
        const kind = kindOf(settings.kind, model);
        if (sent.format !== "wav" && !kind.files.includes(sent.format)) throw refusal(sent);
        const format = plainOnly ? "json" : kind.format;
        try {
          return await ask(kind, { model, format }, sent, hints, signal);
        } catch (error) {
          if (format === "json" || !isUnprocessable(error)) throw error;
          plainOnly = true;
          return await ask(kind, { model, format: "json" }, sent, hints, signal);
        }
      } finally {
        inFlight--;
      }
    },
    close() {
      socket?.close();
      return server.close();
    },
  };
}

function refusal({ format }: Sent): EarsError {
  return new EarsError("rejected", `does not accept ${format}`, { status: 415 });
}

function isUnprocessable(error: unknown): boolean {
  return error instanceof EarsError && (error.status === 400 || error.status === 422);
}

/** The language without its region, since recognizers accept no regions. */
function shortOf(language: string): string {
  return language.split("-")[0] ?? "";
}
