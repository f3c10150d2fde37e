import type { IncomingHttpHeaders } from "node:http";

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
  /** Milliseconds from its arrival to its end; undefined while it runs. */
  tookMs: number | undefined;
}

/** How many requests are remembered; older ones are forgotten. */
export const rememberedRequests = 2000;
