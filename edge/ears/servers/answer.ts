/** Reads a recognizer's answer: JSON, or a stream of events in either of two formats. */
import { createParser } from "eventsource-parser";
import { parseJson } from "../../../infra/text/json.ts";
import type { Segment } from "../words/plausible.ts";
import { EarsError } from "./ears-error.ts";

/** What a recognizer returned. */
export interface Written {
  /** The text as the recognizer returned it, including its tags, such as `<|zh|>`. */
  readonly text: string;
  /** The same text in segments, if the recognizer returns them, with figures such as the probability of silence. */
  readonly segments: readonly Segment[] | undefined;
  /** The language as the recognizer calls it: a code, or a name in English. */
  readonly language: string | undefined;
  /** The duration that the recognizer reports for the recording, in seconds. */
  readonly seconds: number | undefined;
}

/** The longest answer that is read from a recognizer, in bytes: far more than anybody says in a minute. */
export const mostAnswerBytes = 1 << 20;

/** Reads the body of a successful answer. Throws EarsError `broken` if it is not valid. */
export async function readAnswer(body: AsyncIterable<Uint8Array>, contentType: string): Promise<Written> {
  if (/^text\/event-stream\b/i.test(contentType)) return readEvents(body);
  const text = await readAll(body);
  const json = parseJson(text);
  if (json !== undefined) return readWhole(json.parsed);
  if (/^\s*</.test(text))
    throw new EarsError("broken", "answered with a web page: is DUET_TRANSCRIBE_URL the address of a recognizer?");
  // Some recognizers answer in plain text, whatever format was asked for.
  if (/^text\/plain\b/i.test(contentType) && text.trim() !== "") return readWhole({ text });
  throw new EarsError("broken", text.trim() === "" ? "sent an empty answer" : "sent a response that is not JSON");
}

/** One message of FunASR's WebSocket. */
export interface Message {
  readonly text: string;
  /**
   * The server's `is_final`; undefined if it sends none. It does not mean that this message is the last: see
   * `socket.ts`.
   */
  readonly isFinal: boolean | undefined;
}

/** Reads a message of FunASR's WebSocket. Throws EarsError `broken` if it is not valid. */
export function readMessage(message: string): Message {
  const json = parseJson(message);
  if (json === undefined) throw new EarsError("broken", "sent a message that is not JSON");
  const { is_final: isFinal } = objectOf(json.parsed);
  return { text: readWhole(json.parsed).text, isFinal: typeof isFinal === "boolean" ? isFinal : undefined };
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of bounded(body)) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function* bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > mostAnswerBytes) throw new EarsError("broken", "sent an answer that is far too long");
    yield part;
  }
}

function readWhole(value: unknown): Written {
  const { text, segments, language, languages, duration, usage } = objectOf(value);
  refuseError(value);
  if (typeof text !== "string") throw new EarsError("broken", "sent an answer without text");
  const [first] = Array.isArray(languages) ? languages : [];
  const named = typeof first === "string" ? first : textOf(objectOf(first).language);
  return {
    text,
    segments: Array.isArray(segments) && segments.length > 0 ? segments.map(toSegment) : undefined,
    language: textOf(language) ?? named,
    // vLLM sends the duration as a string.
    seconds: numberOf(duration) ?? numberOf(objectOf(usage).seconds),
  };
}

function toSegment(value: unknown): Segment {
  const segment = objectOf(value);
  return {
    text: textOf(segment.text) ?? "",
    noSpeechProb: numberOf(segment.no_speech_prob),
    avgLogprob: numberOf(segment.avg_logprob),
    compressionRatio: numberOf(segment.compression_ratio),
  };
}

/**
 * OpenAI and the server "speaches" send `transcript.text.delta` events, and finally `transcript.text.done` with the
 * whole text; vLLM sends chunks as in a chat, then `[DONE]`. Without that last event the answer is incomplete. An error
 * arrives as an event of the stream.
 */
async function readEvents(body: AsyncIterable<Uint8Array>): Promise<Written> {
  let deltas = "";
  let whole: Written | undefined;
  let ended = false;
  let failure: EarsError | undefined;
  const onEvent = (data: string) => {
    if (data === "[DONE]") {
      ended = true;
      return;
    }
    const json = parseJson(data);
    if (json === undefined) throw new EarsError("broken", "sent an event that is not JSON");
    refuseError(json.parsed);
    const event = objectOf(json.parsed);
    switch (event.type ?? event.object) {
      case "transcript.text.delta":
        deltas += textOf(event.delta) ?? "";
        break;
      case "transcript.text.done":
        whole = readWhole({ text: deltas, ...event });
        break;
      case "transcription.chunk": {
        const [choice] = Array.isArray(event.choices) ? event.choices : [];
        deltas += textOf(objectOf(objectOf(choice).delta).content) ?? "";
      }
    }
  };
  const parser = createParser({
    onEvent({ data }) {
      try {
        onEvent(data);
      } catch (error) {
        failure ??= error as EarsError;
      }
    },
  });
  const decoder = new TextDecoder();
  for await (const part of bounded(body)) {
    parser.feed(decoder.decode(part, { stream: true }));
    if (failure !== undefined) throw failure;
    if (whole !== undefined || ended) break;
  }
  if (whole !== undefined) return whole;
  if (!ended) throw new EarsError("broken", "broke off its response");
  return { text: deltas, segments: undefined, language: undefined, seconds: undefined };
}

/** Throws if an answer with a successful status contains an error, in the format of vLLM, OpenAI or FastAPI. */
function refuseError(value: unknown): void {
  const { error, detail, object, type } = objectOf(value);
  if (error === undefined && detail === undefined && object !== "error" && type !== "error") return;
  if (error === null) return;
  throw new EarsError("broken", "reported an error");
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
