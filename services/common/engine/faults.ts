import type { EngineFault } from "../errors/engine-error.ts";

/** Faults by HTTP status, for the statuses to which one kind of engine gives a meaning of its own. */
export type OwnFaults = Readonly<Partial<Record<number, EngineFault>>>;

const faults: OwnFaults = {
  401: "unauthorized",
  403: "unauthorized",
  // 408 is sent by a server or proxy that gave up waiting.
  408: "stalled",
  504: "stalled",
  429: "overloaded",
  503: "overloaded",
  // 501 (not implemented) means that the server does not know the operation. Like a 4xx status, it blames the request.
  501: "rejected",
};

/** The fault that an unsuccessful HTTP status means; `own` has the exceptions that apply to this kind of engine. */
export function faultOf(status: number, own: OwnFaults = {}): EngineFault {
  return own[status] ?? faults[status] ?? (status >= 400 && status < 500 ? "rejected" : "broken");
}

/** How long a server asks clients to wait, from its `retry-after` in seconds; undefined if it does not say. */
export function retryDelayMs(headers: Readonly<Record<string, string | string[] | undefined>>): number | undefined {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? seconds * 1000 : undefined;
}
