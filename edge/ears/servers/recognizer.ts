/** One recognizer as the pool sees it: what it is asked in its own way, and what keeps it from too much work. */
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

/** How recognizers are set. */
export interface RecognizerSettings {
  readonly kind: string;
  /** The model to ask for. Default: the first of its list that hears. */
  readonly model: string | undefined;
  readonly apiKey: string | undefined;
  /** Its words are asked for as it writes them. */
  readonly stream: boolean;
}

/** What it is told besides the recording. */
export interface Hints {
  /** A BCP 47 tag; empty if nobody knows. */
  readonly language: string;
  /** Names and terms that may come up; empty: none. */
  readonly terms: string;
  /** The place in a trace. */
  readonly trace: TraceContext;
}

/** What is sent: a file, and what it is. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly format: "wav" | (Recording & { form: "file" })["format"];
}

/** What it wrote, and what it had been told of the words. */
export interface Answered extends Written {
  readonly prompt: string;
}

/** A recognizer. */
export interface Recognizer {
  readonly url: string;
  readonly breaker: Breaker;
  /** Requests that run. */
  readonly inFlight: number;
  /** Has a file written down. Throws EarsError, or the signal's reason. */
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
// A list that is asked for in the middle of a question.
const listTimeoutMs = 2_000;

/** Makes a recognizer. */
export function createRecognizer(url: string, settings: RecognizerSettings, clock: Clock): Recognizer {
  const { apiKey } = settings;
  const server = createEarsServer({ url, apiKey });
  const socket = settings.kind === socketKind ? createEarsSocket({ url, apiKey, clock }) : undefined;
  const breaker = createBreaker();
  let inFlight = 0;
  let known: string | undefined = settings.model;
  // What it has refused to write is not asked for again.
  let plainOnly = false;

  const modelOf = async (signal: AbortSignal): Promise<string | undefined> => {
    if (known !== undefined) return known;
    const late = new AbortController();
    const cancel = clock.after(listTimeoutMs, () => late.abort());
    try {
      const names = await server.models(AbortSignal.any([signal, late.signal]));
      known = names.find((name) => hears.test(name)) ?? names[0];
    } catch {
      // It may take a recording all the same; whether it is there, that will tell.
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
      // What is streamed has no figures anywhere.
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
  return new EarsError("rejected", `takes no ${format}`, { status: 415 });
}

function isUnprocessable(error: unknown): boolean {
  return error instanceof EarsError && (error.status === 400 || error.status === 422);
}

/** Recognizers take codes without a region. */
function shortOf(language: string): string {
  return language.split("-")[0] ?? "";
}
