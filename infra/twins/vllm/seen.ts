import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** What the twin saw of a request. */
export interface SeenChat {
  /** The answer's id, such as `chatcmpl-…`; empty if the request was refused. */
  id: string;
  headers: IncomingHttpHeaders;
  /** The body as JSON; its text if it is none. */
  body: unknown;
  /** `refused`: answered with an error before any token. `aborted`: the client left first. */
  state: "running" | "finished" | "aborted" | "refused";
  /** Tokens sent, the end-of-text token included. */
  tokens: number;
  /** When it arrived, and when each of its tokens was ready to be sent, on the twin's clock. */
  receivedAtMs: number;
  tokensAtMs: number[];
  /** Milliseconds from its arrival to its end; undefined while it runs. */
  tookMs: number | undefined;
}

/** A request as it arrives, with its body as text. */
export function newlySeen({ headers }: IncomingMessage, text: string, receivedAtMs: number): SeenChat {
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // It is shown as it came.
  }
  return { id: "", headers, body, state: "running", tokens: 0, receivedAtMs, tokensAtMs: [], tookMs: undefined };
}
