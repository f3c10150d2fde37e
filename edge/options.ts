import type { Clock } from "../infra/clock/clock.ts";
import type { Log } from "../infra/log/log.ts";
import type { Address } from "../infra/net/address.ts";
import type { Credentials } from "../infra/net/credentials.ts";
import type { Profiles } from "../infra/settings/profiles.ts";
import type { RedisStore } from "../infra/stores/redis.ts";
import type { Metrics } from "../infra/telemetry/metrics.ts";
import type { Tracer } from "../infra/telemetry/tracer.ts";
import type { AccessSettings } from "./access/access.ts";
import type { AnswersSettings } from "./answers/open.ts";
import type { EarsSettings } from "./ears/ears.ts";
import type { Page } from "./http/routes.ts";
import type { StoringSettings } from "./jobs/begin.ts";
import type { MarkingSettings } from "./marking/marking.ts";
import type { ResumeSettings } from "./resume/open.ts";
import type { SessionLimits } from "./session/edits.ts";
import type { OpeningLists } from "./turn/openings.ts";

/** Options of startEdge. */
export interface EdgeOptions extends AccessSettings, StoringSettings {
  /** The address that the edge listens at for callers. */
  readonly listen: Address;
  /**
   * The address at which operators find metrics, readiness and the full status. Default: operators find them at
   * `listen`, but only from this machine.
   */
  readonly adminListen?: Address | undefined;
  /** The URL that callers use, if it differs from `listen`, including the path at which a proxy serves the edge. */
  readonly publicUrl?: string | undefined;
  /** Host names by which callers reach the edge, besides this machine's own and that of `publicUrl`. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** The URL of the service Generate. */
  readonly generateUrl: string;
  /** The URL of the service Synthesize. */
  readonly synthesizeUrl: string;
  /** How the edge authenticates to the services. Default: not at all. */
  readonly credentials?: Credentials;
  /** The web origins, besides the edge's own, from which pages may call, as `parseOrigin` writes them; `*` for any. */
  readonly corsOrigins: readonly string[];
  /** The instructions of turns that have none of their own. */
  readonly instructions: string;
  /** Texts that answers may begin with, by language. Default: none. */
  readonly openings?: OpeningLists;
  /** The profiles that requests and keys can name. Default: none. */
  readonly profiles?: Profiles;
  /** Whether fixed, scripted answers replace the model. */
  readonly scripted: boolean;
  /** The maximum number of turns at once. */
  readonly maxTurns: number;
  /** The maximum number of turns at once from one address. Default: a quarter of all. */
  readonly maxTurnsPerPeer?: number | undefined;
  /** The maximum number of open connections. Default: 4,096. */
  readonly maxConnections?: number;
  /** The maximum number of open connections from one address. Default: a quarter of all. */
  readonly maxConnectionsPerPeer?: number | undefined;
  /**
   * Addresses and networks of proxies whose forwarding headers, which name the original caller, are trusted. Default:
   * none.
   */
  readonly trustedProxies?: readonly string[];
  /** How long a turn may send nothing before a heartbeat is sent, in milliseconds. Default: 12 s. */
  readonly heartbeatIntervalMs?: number;
  /** A turn is stopped if its reader, by reading nothing, has blocked it for this many milliseconds. Default: 12 s. */
  readonly readerTimeoutMs?: number;
  /** How long sessions are stored, and their maximum size. Default: 7 days, 2,000 messages, 900,000 bytes. */
  readonly session?: { readonly ttlMs: number } & SessionLimits;
  /** The answer cache. Default: none. */
  readonly answers?: AnswersSettings | undefined;
  /**
   * How turns are stored for callers that lose their connection. Default: up to 32 MiB per turn, with events delayed by
   * at most 100 ms.
   */
  readonly resume?: ResumeSettings | undefined;
  /**
   * Stores sessions, turns and counts for all edges that use the same Redis. Whoever opened the store closes it.
   * Default: the memory of this process.
   */
  readonly redis?: RedisStore | undefined;
  /** How speech is marked as machine-made. Default: only by the fields of the API. */
  readonly marking?: MarkingSettings;
  /** The recognizers that transcribe recordings. Default: none, so recordings are refused. */
  readonly transcribe?: EarsSettings | undefined;
  /** The OpenAI-compatible API. Default: its voice names all mean the default voice. */
  readonly openai?: { readonly voices: Readonly<Record<string, string>> };
  /** The web page on which people can talk with the assistant; the edge serves it. */
  readonly page: Page;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Records the edge's spans. Default: no tracing. */
  readonly tracer?: Tracer;
  readonly clock: Clock;
  /** Unix time in milliseconds, for expiry and limits. Default: the system clock. */
  readonly unixNow?: () => number;
}
