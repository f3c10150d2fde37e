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

/** What an edge is made of. */
export interface EdgeOptions extends AccessSettings, StoringSettings {
  /** Where it listens. */
  readonly listen: Address;
  /** Where those who run it find metrics, readiness and status in full. Default: nowhere but, from this machine, at `listen`. */
  readonly adminListen?: Address | undefined;
  /** Where callers find it, if that is not where it listens: a proxy's address, with the path below which it serves. */
  readonly publicUrl?: string | undefined;
  /** Hosts besides this machine's own and that of `publicUrl` by which it is called. Default: none. */
  readonly allowedHosts?: readonly string[];
  /** Where Generate is. */
  readonly generateUrl: string;
  /** Where Synthesize is. */
  readonly synthesizeUrl: string;
  /** How it proves to the services who it is. Default: it does not. */
  readonly credentials?: Credentials;
  /** Web origins besides its own whose pages may call, as `parseOrigin` writes them; `*` for any. */
  readonly corsOrigins: readonly string[];
  /** The instructions of turns that bring none. */
  readonly instructions: string;
  /** Texts that answers may begin with, by language. Default: none. */
  readonly openings?: OpeningLists;
  /** The assistants that requests and keys name. Default: none. */
  readonly profiles?: Profiles;
  /** A script answers instead of a model. */
  readonly scripted: boolean;
  /** How many turns may run at once. */
  readonly maxTurns: number;
  /** How many of one address may. Default: a quarter of all. */
  readonly maxTurnsPerPeer?: number | undefined;
  /** How many connections it has open at once. Default: 4,096. */
  readonly maxConnections?: number;
  /** How many of one address it has. Default: a quarter of all. */
  readonly maxConnectionsPerPeer?: number | undefined;
  /** Addresses and networks of proxies that say truly whose calls they pass on. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** A turn of which nothing was sent for this long sends a heartbeat. Default: 12 s. */
  readonly heartbeatIntervalMs?: number;
  /** How long a reader may hold up a turn by taking nothing. Default: 12 s. */
  readonly readerTimeoutMs?: number;
  /** How long sessions are kept, and how much of them. Default: 7 days, 2,000 messages, 900,000 bytes. */
  readonly session?: { readonly ttlMs: number } & SessionLimits;
  /** Answers that are given again. Default: none. */
  readonly answers?: AnswersSettings | undefined;
  /** How turns are kept for those who lose their connection. Default: 32 MiB of each, and no event waits for longer than 100 ms. */
  readonly resume?: ResumeSettings | undefined;
  /** Keeps sessions, turns and counts for all edges that use it; closed by whoever opened it. Default: this process's memory. */
  readonly redis?: RedisStore | undefined;
  /** What marks speech as made by a machine. Default: it is marked, and no more. */
  readonly marking?: MarkingSettings;
  /** Who writes down what is said. Default: nobody, and no recordings are taken. */
  readonly transcribe?: EarsSettings | undefined;
  /** OpenAI's face. Default: its voices' names stand for the default voice. */
  readonly openai?: { readonly voices: Readonly<Record<string, string>> };
  /** The web page. */
  readonly page: Page;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Default: nothing is traced. */
  readonly tracer?: Tracer;
  readonly clock: Clock;
  /** Unix time in milliseconds, for what expires and for limits. Default: the machine's. */
  readonly unixNow?: () => number;
}
