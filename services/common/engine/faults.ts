import type { EngineFault } from "../errors/engine-error.ts";

/** What some HTTP statuses mean where an engine, or what is made of its answer, is not as others are. */
export type OwnFaults = Readonly<Partial<Record<number, EngineFault>>>;

const faults: OwnFaults = {
  401: "unauthorized",
  403: "unauthorized",
  // A server or a proxy that gave up waiting.
  408: "stalled",
  504: "stalled",
  429: "overloaded",
  503: "overloaded",
  // It does not know what it was asked for, as with any other 4xx.
  501: "rejected",
};

/** What an HTTP status other than success says of an engine. `own` comes before what holds for all. */
export function faultOf(status: number, own: OwnFaults = {}): EngineFault {
  return own[status] ?? faults[status] ?? (status >= 400 && status < 500 ? "rejected" : "broken");
}

/** How long a server asks to be left alone, by its `retry-after` in seconds; undefined if it does not say so. */
export function retryDelayMs(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1000 : undefined;
}
