import { once } from "node:events";
import type { Readable } from "node:stream";
import { retryDelayMs } from "../../../common/engine/faults.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { isMissingPath, isPage, Refusal, readComplaint } from "./complaint/complaint.ts";

/** The head of a response. */
interface Head {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Whether a stream of events follows: some servers give their streams another type or none. Under the type of something else it must begin as
 * events do, for which this waits; nothing is taken of the body. Throws EngineError for one that is compressed.
 */
export async function isStream({ statusCode, headers, body }: Head & { readonly body: Readable }): Promise<boolean> {
  const encoding = String(headers["content-encoding"] ?? "identity");
  if (statusCode === 200 && !/^(?:identity)?$/i.test(encoding)) {
    body.on("error", () => {}).destroy();
    throw compressed(encoding);
  }
  if (statusCode !== 200 || !/html|json|xml/i.test(String(headers["content-type"] ?? ""))) return statusCode === 200;
  await once(body, "readable").catch(() => {});
  const head: Buffer | null = body.read();
  if (head === null) return false;
  body.unshift(head);
  return /^\ufeff?\s*(?:data|event|id|retry|error)?:/.test(head.toString("utf8", 0, 100));
}

/** The error of a response that is no stream: a Refusal if the server says what is wrong. */
export function refusalOf({ statusCode, headers }: Head, text: string): Error {
  if (statusCode >= 300 && statusCode < 400) return redirected(headers.location);
  const complaint = readComplaint(statusCode === 200 ? 500 : statusCode, text);
  // What answers a question with a page, or with JSON that complains of nothing, has not understood that a stream was wanted.
  if (statusCode === 200 && (isPage(text) || complaint.message === ""))
    return new EngineError("broken", "the model server answered with no stream: is DUET_VLLM_URL a model server?");
  if (statusCode === 404 && isMissingPath(complaint))
    return new EngineError("rejected", "nothing serves chat completions there: is DUET_VLLM_URL a model server?");
  return new Refusal(complaint, retryDelayMs(headers));
}

/** We ask for no compression: whatever is in between holds back what should come word by word. */
function compressed(encoding: string): EngineError {
  return new EngineError("broken", "the model server sent its answer compressed, which was not asked for", {
    forLog: `content-encoding is ${encoding}: turn compression off in the server, or in the proxy before it`,
  });
}

/** The error of an address that sends us elsewhere: a question is not sent after it, and its key neither. */
export function redirected(location: unknown): EngineError {
  const to = typeof location === "string" ? ` to ${location.replace(/\/v1\/.*$/, "")}` : "";
  return new EngineError("rejected", "the model server's address sends us elsewhere", {
    forLog: `it redirects${to}: set DUET_VLLM_URL to that`,
  });
}
