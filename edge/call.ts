import { noTracer, readTraceContext, type Span } from "../infra/telemetry/tracer.ts";

/**
 * One call to the edge, whichever API it came through: each API makes a Call, and the code behind the APIs knows
 * nothing else about the caller. It is plain data, so work on the call's behalf can use a copy with another signal.
 */
export interface Call {
  /** The tenant whose rights and data the call uses. */
  readonly tenant: string;
  /** The person on whose behalf the tenant calls; undefined if the tenant does not name one. */
  readonly user: string | undefined;
  /** The id of the API key that came with the call; undefined if none did. */
  readonly key: string | undefined;
  /**
   * The client address whose share of turns this call counts toward; undefined for exempt addresses, such as this
   * machine's own.
   */
  readonly peer: string | undefined;
  /** Whether the caller operates this deployment: error messages then include addresses, settings and files. */
  readonly inFull: boolean;
  /** The profiles that the call may use. */
  readonly profiles: ProfileRights;
  /** Calls with a higher value go first when engines are busy; 0 is normal. */
  readonly priority: number;
  /** Aborts when the caller has disconnected; it does not abort when the deadline passes. */
  readonly signal: AbortSignal;
  /** When the caller stops waiting, in milliseconds of the process's clock; undefined if it never does. */
  readonly deadline: number | undefined;
  /** The call's span; `span.context` is the call's trace context. */
  readonly span: Span;
  /** The headers that came with the call. */
  readonly headers: Headers;
}

/** The profiles that a caller may use. */
export interface ProfileRights {
  /** The profile that is used for requests that name none; undefined: they have no profile. */
  readonly own: string | undefined;
  /** The profiles that a request may name; undefined: it may name any profile. */
  readonly allowed: ReadonlySet<string> | undefined;
}

/** The rights of callers who may name any profile. A request of theirs that names none has no profile. */
export const anyProfile: ProfileRights = { own: undefined, allowed: undefined };

/** The properties from which a `Call` is created; only `signal` is required. */
export interface CallInit extends Pick<Call, "signal"> {
  /** The authenticated identity. Default: the identity shared by all callers, who are then one tenant. */
  readonly identity?: Pick<Call, "tenant" | "user" | "key" | "priority"> & Partial<Pick<Call, "profiles">>;
  readonly deadline?: number | undefined;
  /** The client address whose share of turns the call counts toward. Default: the call counts toward none. */
  readonly peer?: string | undefined;
  /** Whether the caller operates this deployment. Default: no. */
  readonly inFull?: boolean;
  /** The call's span. Default: one that is not recorded, but passes on the trace context of the headers. */
  readonly span?: Span | undefined;
  /** The headers that came with the call. Default: none. */
  readonly headers?: Headers;
}

/** The identity of every caller where nobody has to authenticate. */
export const everybody = { tenant: "default", user: undefined, key: undefined, priority: 0, profiles: anyProfile };

/** Creates a `Call`, with its defaults filled in. */
export function createCall(init: CallInit): Call {
  const { identity = everybody, signal, deadline, peer, inFull = false, headers = new Headers(), span } = init;
  const { tenant, user, key, priority, profiles = anyProfile } = identity;
  return {
    tenant,
    user,
    key,
    profiles,
    peer,
    inFull,
    priority,
    signal,
    deadline,
    span: span ?? noTracer.start("", { kind: "server", parent: readTraceContext(headers), believeSampled: inFull }),
    headers,
  };
}
