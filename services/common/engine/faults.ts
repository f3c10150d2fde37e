import type { EngineFault } from "../errors/engine-error.ts";

/** The meaning of HTTP statuses that one kind of engine uses differently from the others. */
export type OwnFaults = Readonly<Partial<Record<number, EngineFault>>>;

const faults: OwnFaults = {
  401: "unauthorized",
  403: "unauthorized",
  // 408 is sent by a server or proxy that gave up waiting.
  408: "stalled",
  504: "stalled",
  429: "overloaded",
  503: "overloaded",
  // 501 is sent for an unknown operation, so it counts as the 4xx statuses do.
  501: "rejected",
};

/** What an unsuccessful HTTP status says about an engine. `own` takes precedence over the general meanings. */
export function faultOf(status: number, own: OwnFaults = {}): EngineFault {
  return own[status] ?? faults[status] ?? (status >= 400 && status < 500 ? "rejected" : "broken");
}

/** How long a server asks clients to wait, from its `retry-after` in seconds; undefined if it does not say. */
export function retryDelayMs(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1000 : undefined;
}
