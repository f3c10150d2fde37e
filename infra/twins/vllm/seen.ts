import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** What the stand-in recorded of one request. */
export interface SeenChat {
  /** The id of the answer, such as `chatcmpl-…`; empty if the request was refused. */
  id: string;
  headers: IncomingHttpHeaders;
  /** The parsed body of the request, or its text if it is not valid JSON. */
  body: unknown;
  /** `refused`: answered with an error before any token. `aborted`: the client disconnected before the answer's end. */
  state: "running" | "finished" | "aborted" | "refused";
  /** How many tokens were sent, including the end-of-text token. */
  tokens: number;
  /** When the request arrived, and when each of its tokens was ready to be sent, on the stand-in's clock. */
  receivedAtMs: number;
  tokensAtMs: number[];
  /** Milliseconds from the request's arrival to its end; undefined while the request runs. */
  tookMs: number | undefined;
}

/**
 * Creates the record of a request that has just arrived. `text` is the request's body, which is parsed if it is JSON.
 */
export function newlySeen({ headers }: IncomingMessage, text: string, receivedAtMs: number): SeenChat {
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // The body is not JSON, so it is recorded as text.
  }
  return { id: "", headers, body, state: "running", tokens: 0, receivedAtMs, tokensAtMs: [], tookMs: undefined };
}
