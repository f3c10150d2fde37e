import type { ServerResponse } from "node:http";
import { finish, sendJson, write, writeHead } from "../../http.ts";
import type { SeenChat } from "../seen.ts";
import { type AnswerEvent, type ApiError, type ChunkHead, renderCompletion, renderEvent } from "./events.ts";

/** How sending an answer ended: completely, or cut by a fault. If the client disconnects, an AbortError is thrown. */
export type Ended = "whole" | "cut";

/** The content type that vLLM sends. */
const eventStream = "text/event-stream; charset=utf-8";

/**
 * Writes events as they come. Sends the headers at once, before the first token; `contentType` null: no content type.
 */
export async function streamAnswer(
  events: AsyncIterable<AnswerEvent>,
  head: ChunkHead,
  seen: SeenChat,
  response: ServerResponse,
  signal: AbortSignal,
  contentType: string | null = eventStream,
): Promise<Ended> {
  writeHead(response, 200, contentType === null ? {} : { "content-type": contentType });
  response.flushHeaders();
  for await (const event of events) {
    signal.throwIfAborted();
    if (event.type === "cut") return cut(response);
    if (event.type === "hang") await untilAborted(signal);
    seen.tokens += tokensOf(event);
    const bytes = Buffer.from(renderEvent(event, head, seen.tokens));
    if (event.type === "split") await writeParted(response, bytes);
    else if (bytes.length > 0) await write(response, bytes);
  }
  signal.throwIfAborted();
  await finish(response);
  if (!response.writableFinished) signal.throwIfAborted();
  return "whole";
}

/** Collects the whole answer, then sends it. */
export async function sendAnswer(
  events: AsyncIterable<AnswerEvent>,
  head: ChunkHead,
  seen: SeenChat,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<Ended> {
  let content = "";
  let ending: { finishReason: string; stopReason: string | null } = { finishReason: "stop", stopReason: null };
  let error: ApiError | undefined;
  for await (const outer of events) {
    const event = outer.type === "split" ? outer.event : outer;
    if (event.type === "cut") return cut(response);
    if (event.type === "hang") await untilAborted(signal);
    if (event.type === "delta" || event.type === "finish") content += event.text;
    if (event.type === "finish") ending = event;
    if (event.type === "error") error = event.error;
    seen.tokens += tokensOf(event);
  }
  signal.throwIfAborted();
  if (error === undefined) sendJson(response, 200, renderCompletion(head, content, ending, seen.tokens));
  else sendJson(response, error.code, { error });
  return "whole";
}

function tokensOf(event: AnswerEvent): number {
  if (event.type === "split") return tokensOf(event.event);
  return event.type === "delta" || event.type === "finish" ? event.tokens : 0;
}

async function cut(response: ServerResponse): Promise<Ended> {
  // Gives the client time to read what was sent: a reset discards what the client has not read yet.
  await new Promise((resolve) => setTimeout(resolve, 5));
  response.socket?.resetAndDestroy();
  return "cut";
}

/** Writes bytes in two parts, with the last multi-byte character divided between them. */
async function writeParted(response: ServerResponse, bytes: Buffer): Promise<void> {
  const inside = bytes.findLastIndex((byte) => byte >= 0xc0) + 1;
  await write(response, bytes.subarray(0, inside));
  // Without a pause, the kernel would merge the two writes.
  if (inside > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  await write(response, bytes.subarray(inside));
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
