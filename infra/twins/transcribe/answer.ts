import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { finish, send, sendJson, write, writeHead } from "../http.ts";
import type { Trigger } from "./faults.ts";
import type { EarsTwinKind } from "./kinds.ts";

/** The answer to a recording, and the form in which it is sent. */
export interface Answer {
  readonly kind: EarsTwinKind;
  readonly text: string;
  /** The language's code, such as `en`. */
  readonly language: string;
  readonly seconds: number;
  readonly format: string;
  readonly stream: boolean;
  readonly model: string;
  readonly trigger: Trigger | undefined;
}

/** Bytes that a client cannot parse: neither valid JSON nor a valid event or WebSocket frame. */
export const garbage = Buffer.alloc(64, 0xff);

/** Sends the answer as a whole, in the format that was asked for. */
export async function sendWhole(response: ServerResponse, answer: Answer): Promise<void> {
  const { kind, text, language, seconds, format, trigger } = answer;
  if (trigger?.middle === "error") return sendJson(response, 200, kind.error(500, "EngineDeadError"));
  if (format === "text") return send(response, 200, `${text}\n`, { "content-type": "text/plain; charset=utf-8" });
  const named = kind.names === "english" ? nameOf(language) : language;
  const usage = { type: "duration", seconds: Math.ceil(seconds) };
  const body = JSON.stringify(
    format === "verbose_json"
      ? { ...{ task: "transcribe", language: named, text }, ...figuresOf(kind, text, seconds) }
      : { text, usage },
  );
  if (trigger?.middle === undefined) return send(response, 200, body, { "content-type": "application/json" });
  writeHead(response, 200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  await write(response, Buffer.from(body.slice(0, body.length >> 1)));
  await breakOff(response, trigger.middle);
}

/** The additional fields of `verbose_json`. vLLM omits no_speech_prob, and sends the duration as a string. */
function figuresOf({ stream }: EarsTwinKind, text: string, seconds: number) {
  const isVllm = stream === "chunks";
  const figures = { temperature: 0, avg_logprob: -0.2, compression_ratio: 1.1, no_speech_prob: isVllm ? null : 0.02 };
  const segments = text === "" ? [] : [{ id: 0, seek: 0, start: 0, end: seconds, text, tokens: [1], ...figures }];
  return { duration: isVllm ? String(seconds) : seconds, segments };
}

/** Sends the answer as server-sent events, one for each word. */
export async function sendEvents(response: ServerResponse, answer: Answer): Promise<void> {
  const { kind, text, seconds, model, trigger } = answer;
  writeHead(response, 200, { "content-type": "text/event-stream; charset=utf-8" });
  const event = (value: object | string) =>
    write(response, Buffer.from(`data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`));
  const pieces = text.match(/\s*\S+/g) ?? [];
  const chunks = kind.stream === "chunks";
  const chunk = (delta: object, finish_reason: string | null) =>
    event({ id: "trsc-1", object: "transcription.chunk", created: 1, model, choices: [{ delta, finish_reason }] });
  for (const [index, piece] of pieces.entries()) {
    if (index === pieces.length >> 1 && trigger?.middle === "error") {
      await event(kind.error(500, "EngineDeadError"));
      if (chunks) await event("[DONE]");
      return finish(response);
    }
    if (index === pieces.length >> 1 && trigger?.middle !== undefined) return breakOff(response, trigger.middle);
    await (chunks ? chunk({ content: piece }, null) : event({ type: "transcript.text.delta", delta: piece }));
  }
  if (chunks) {
    await chunk({ content: "" }, "stop");
    await event("[DONE]");
  } else await event({ type: "transcript.text.done", text, usage: { type: "duration", seconds: Math.ceil(seconds) } });
  await finish(response);
}

async function breakOff(response: ServerResponse, how: Trigger["middle"]): Promise<void> {
  if (how === "freeze") await once(response, "close");
  if (how === "garbage") await write(response, garbage);
  response.destroy();
}

const names = new Intl.DisplayNames("en", { type: "language" });

/** The English name of a language. */
export function nameOf(language: string): string {
  return (names.of(language) ?? language).toLowerCase();
}
