import { noTracer, readTraceContext, type Span } from "../infra/telemetry/tracer.ts";

/**
 * One call to the edge, whichever way it came: each way of asking makes one, and what lies behind knows nothing else of its
 * caller. It is plain data: a copy with another signal serves for work that is done on its behalf.
 */
export interface Call {
  /** Whose rights and data it has. */
  readonly tenant: string;
  /** The person on whose behalf the tenant calls; undefined if it does not say. */
  readonly user: string | undefined;
  /** The id of the API key that it came with; undefined if it came with none. */
  readonly key: string | undefined;
  /** The address whose share of turns it counts to; undefined if it is held to none, as on this machine. */
  readonly peer: string | undefined;
  /** Which profiles they may use. */
  readonly profiles: ProfileRights;
  /** What goes first where engines are short: the higher; 0 is ordinary. */
  readonly priority: number;
  /** Aborts when the caller has left; its deadline alone aborts nothing. */
  readonly signal: AbortSignal;
  /** When the caller stops waiting, in milliseconds of the process's clock; undefined if it never does. */
  readonly deadline: number | undefined;
  /** Its span; `span.context` is its place in a trace. */
  readonly span: Span;
  /** What was sent along with it. */
  readonly headers: Headers;
}

/** Which profiles somebody may use. */
export interface ProfileRights {
  /** That of requests that name none; undefined: none. */
  readonly own: string | undefined;
  /** Those that may be named; undefined: all. */
  readonly allowed: ReadonlySet<string> | undefined;
}

/** Any profile, and none where none is named. */
export const anyProfile: ProfileRights = { own: undefined, allowed: undefined };

/** What a way of asking has to say of a call. */
export interface CallInit extends Pick<Call, "signal"> {
  /** Who calls, as they have proven. Default: everybody, who are one tenant. */
  readonly identity?: Pick<Call, "tenant" | "user" | "key" | "priority"> & Partial<Pick<Call, "profiles">>;
  readonly deadline?: number | undefined;
  /** Default: held to no share. */
  readonly peer?: string | undefined;
  /** Default: none of its own, in the place that the headers name. */
  readonly span?: Span | undefined;
  /** Default: none. */
  readonly headers?: Headers;
}

/** Everybody, where nobody has to prove who they are. */
export const everybody = { tenant: "default", user: undefined, key: undefined, priority: 0, profiles: anyProfile };

/** Makes a call whole. */
export function createCall(init: CallInit): Call {
  const { identity = everybody, signal, deadline, peer, headers = new Headers(), span } = init;
  const { tenant, user, key, priority, profiles = anyProfile } = identity;
  return {
    tenant,
    user,
    key,
    profiles,
    peer,
    priority,
    signal,
    deadline,
    span: span ?? noTracer.start("", { kind: "server", parent: readTraceContext(headers) }),
    headers,
  };
}
