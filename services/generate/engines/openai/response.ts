import { once } from "node:events";
import type { Readable } from "node:stream";
import { retryDelayMs } from "../../../common/engine/faults.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { isMissingPath, isPage, Refusal, readComplaint } from "./complaint/complaint.ts";

/** The status and headers of a response. */
interface Head {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Whether a response is an event stream. Some servers give a stream no content type, or a wrong one. A response whose
 * type contains `html`, `json` or `xml` counts as a stream only if it begins like an event: this function then waits
 * for the first bytes, without consuming them. Throws EngineError if the response is compressed.
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

/** The error for a response that is not a stream: an EngineError if the URL seems wrong, otherwise a Refusal. */
export function refusalOf({ statusCode, headers }: Head, text: string): Error {
  if (statusCode >= 300 && statusCode < 400) return redirected(headers.location);
  const complaint = readComplaint(statusCode === 200 ? 500 : statusCode, text);
  // A server that answers with an HTML page, or with JSON that is not an error, did not understand that a stream was
  // requested.
  if (statusCode === 200 && (isPage(text) || complaint.message === ""))
    return new EngineError("broken", "the model server did not answer with a stream: is DUET_VLLM_URL a model server?");
  if (statusCode === 404 && isMissingPath(complaint))
    return new EngineError(
      "rejected",
      "the server at DUET_VLLM_URL has no chat completions endpoint: is it a model server?",
    );
  return new Refusal(complaint, retryDelayMs(headers));
}

/**
 * The error for a compressed response. Compression is never requested, since a proxy that compresses would delay words.
 */
function compressed(encoding: string): EngineError {
  return new EngineError("broken", "the model server sent its answer compressed, which was not asked for", {
    forLog: `content-encoding is ${encoding}: turn compression off in the server, or in the proxy before it`,
  });
}

/**
 * The error for a redirect: it is not followed, so that neither the question nor the API key goes to another address.
 */
export function redirected(location: unknown): EngineError {
  const to = typeof location === "string" ? ` to ${location.replace(/\/v1\/.*$/, "")}` : "";
  return new EngineError("rejected", "the model server's address redirects to another one", {
    forLog: `the model server redirects${to}: set DUET_VLLM_URL to that address`,
  });
}
