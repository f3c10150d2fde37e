import { readFile } from "node:fs/promises";
import type { Clock } from "../infra/clock/clock.ts";
import type { Log } from "../infra/log/log.ts";
import type { Address } from "../infra/net/address.ts";
import { type Credentials, noCredentials } from "../infra/net/credentials.ts";
import { scriptQuestions } from "../infra/script/script.ts";
import type { Profiles } from "../infra/settings/profiles.ts";
import type { RedisStore } from "../infra/stores/redis.ts";
import type { Metrics } from "../infra/telemetry/metrics.ts";
import { noTracer, type Tracer } from "../infra/telemetry/tracer.ts";
import { type AccessSettings, createAccess } from "./access/access.ts";
import { createConverse } from "./answers/converse.ts";
import { type AnswersSettings, openAnswers } from "./answers/open.ts";
import type { EarsSettings } from "./ears/ears.ts";
import { createOpenAiFace } from "./faces/openai/face.ts";
import { createDocs } from "./faces/openapi/page.ts";
import { createPlainFace } from "./faces/plain/face.ts";
import { createServices, toPeers } from "./hosts/clients.ts";
import { warnOfClearToken } from "./hosts/credentials.ts";
import { createPorts } from "./hosts/ports.ts";
import { createReadStatus, whyNotReady } from "./hosts/status.ts";
import { openAdminPort, openPublicPort, type Served } from "./http/open.ts";
import type { Page } from "./http/routes.ts";
import { beginStoring, type StoringSettings } from "./jobs/begin.ts";
import { createMarking, type MarkingSettings } from "./marking/marking.ts";
import { createProbes } from "./probes/probes.ts";
import { createChooseProfile } from "./profiles/choose.ts";
import { openResume, type ResumeSettings } from "./resume/open.ts";
import { createAssistant } from "./rpc/assistant.ts";
import { createCallCount } from "./rpc/count-calls.ts";
import { createListenedCounts } from "./rpc/request/listened.ts";
import { createRpcs } from "./rpc/rpcs.ts";
import type { SessionLimits } from "./session/edits.ts";
import { createSessions } from "./session/sessions.ts";
import { createMemoryStore } from "./session/store/memory.ts";
import { createRedisStore } from "./session/store/redis.ts";
import type { OpeningLists } from "./turn/openings.ts";
import { createTurnCounts } from "./turn/stages/metrics.ts";
import { createTurns } from "./turn/turns.ts";

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

/** An edge that runs. */
export interface Edge {
  /** Where it listens. */
  readonly address: Address;
  /** Where those who run it find out about it, if that was asked for. */
  readonly adminAddress: Address | undefined;
  /** Turns that run now. */
  readonly turnCount: number;
  /** Connections that are open now. */
  readonly connectionCount: number;
  /** Takes no new turn, lets those that run finish for `timeoutMs`, interrupts the rest, then closes everything. */
  drain(timeoutMs: number): Promise<void>;
}

// Last events are on their way when the last turn has ended.
const closeGraceMs = 1_000;
// Turns are kept at once, unless what keeps them is away.
const keepGraceMs = 2_000;
const defaultMarking: MarkingSettings = { on: true, recordDays: 180 };
const defaultSession = { ttlMs: 604_800_000, maxMessages: 2_000, maxBytes: 900_000 };

/** Starts an edge; throws AddressInUseError if its port is taken, SettingsError if its keys file cannot be read. The services need not run yet. */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { log, metrics, clock, credentials = noCredentials, tracer = noTracer } = options;
  const { trustedProxies = [], heartbeatIntervalMs = 12_000, readerTimeoutMs = 12_000 } = options;
  const { session: { ttlMs, ...limits } = defaultSession, redis, unixNow = Date.now } = options;
  const store = redis === undefined ? createMemoryStore() : createRedisStore(redis);
  const sessions = await createSessions({ store, ttlMs, limits, clock, log, metrics });
  const { profiles = new Map() } = options;
  const access = await createAccess({ settings: options, profiles, redis, log, clock, unixNow });
  const services = createServices(options, credentials, tracer);
  for (const peer of Object.values(toPeers(options))) warnOfClearToken(peer, credentials, log);
  const readStatus = createReadStatus(services, clock);
  const turns = createTurns({ maxTurns: options.maxTurns, maxTurnsPerPeer: options.maxTurnsPerPeer, clock });
  const { resume: settings } = options;
  const resume = await openResume({ settings, redis, turns, heartbeatIntervalMs, clock, log, metrics });
  const ports = createPorts(services, clock);
  const { transcribe } = options;
  const ears =
    transcribe && (await import("./ears/ears.ts")).createEars({ settings: transcribe, metrics, log, tracer, clock });
  const { marking: said = defaultMarking } = options;
  const marking = await createMarking(said, { unixNow, log });
  const tools = {
    turns,
    mark: marking.mark,
    openSpeech: ports.openSpeech,
    openings: options.openings ?? {},
    count: createTurnCounts(metrics, turns),
    heartbeatIntervalMs,
    readerTimeoutMs,
    clock,
    log,
  };
  const calls = createCallCount(metrics);
  const { instructions, openai: { voices } = { voices: {} } } = options;
  const chooseProfile = createChooseProfile({ profiles, profileOf: sessions.profileOf });
  const notice = said.notice ?? "";
  const storing = await beginStoring(options, {
    ports,
    sessions,
    access,
    profiles: chooseProfile,
    turn: tools,
    instructions,
    notice,
    marking: said,
    redis,
    metrics,
    unixNow,
  });
  const { jobs } = storing;
  const answers = await openAnswers({ settings: options.answers, services, resume, clock, log, metrics });
  const asked = { ports, ears, sessions, resume, access, profiles: chooseProfile, tools };
  const converse = createConverse({ ...asked, answers, instructions, notice });
  const assistant = createAssistant({
    converse,
    chat: storing.chat,
    jobs,
    notice,
    marks: said.on,
    publicUrl: options.publicUrl,
    readStatus,
    ports,
    ears,
    sessions,
    resume,
    access,
    profiles: chooseProfile,
    countListened: createListenedCounts(metrics),
    tracer,
    tools,
    version: await readVersion(),
    script: options.scripted ? { questions: scriptQuestions.map(toOffered), setting: "DUET_VLLM_URL" } : undefined,
  });
  const draining = new AbortController();
  const warmed = answers?.prewarm(converse, draining.signal);
  metrics.gauge(
    "duet_edge_service_ready",
    "Whether a service answers the edge and takes work: 1, or 0.",
    ["service"],
    async (gauge) => {
      const { generate, synthesize } = await readStatus();
      for (const [service, { ready }] of Object.entries({ generate, synthesize }))
        gauge.set({ service }, ready ? 1 : 0);
    },
  );
  const notReady = async () => (turns.draining ? "draining: no new turns" : whyNotReady(await readStatus()));
  const docs = createDocs(options.publicUrl);
  const face = createOpenAiFace({
    services,
    ports,
    ears,
    sessions,
    access,
    profiles: chooseProfile,
    turn: tools,
    instructions,
    voices,
    marks: said.on,
    tracer,
    calls,
    unixNow,
  });
  const rpcs = createRpcs(assistant, { access, calls, log, tracer, clock });
  const serves = options.jobs?.role !== "work";
  const served: Served = {
    rpcs: serves ? rpcs : new Map(),
    probes: createProbes({ notReady, draining: draining.signal, clock, log }),
    admin: { metrics, notReady },
    faces: serves ? [face, createPlainFace(rpcs, clock)] : [],
    page: async (path, response) =>
      (await docs(path, response)) || (await storing.page(path, response)) || (await options.page(path, response)),
    log,
  };
  const port = await openPublicPort(served, { ...options, trustedProxies });
  const adminPort =
    options.adminListen && (await openAdminPort(served, options.adminListen, options.allowedHosts ?? []));
  return {
    address: port.address,
    adminAddress: adminPort?.address,
    get turnCount() {
      return turns.count;
    },
    get connectionCount() {
      return port.connectionCount;
    },
    async drain(timeoutMs) {
      draining.abort();
      // No more are taken from now on; those that run have turns.
      const jobsEnded = jobs?.close();
      await turns.drain(timeoutMs);
      await jobsEnded;
      await warmed;
      await resume.close();
      await sessions.close(keepGraceMs);
      await marking.close();
      await storing.close();
      await access.close();
      await Promise.all([port.close(closeGraceMs), adminPort?.close(closeGraceMs)]);
      await ears?.close();
      services.generate.close();
      services.synthesize.close();
    },
  };
}

function toOffered({ language, label, question }: (typeof scriptQuestions)[number]) {
  return { language, label, text: question };
}

async function readVersion(): Promise<string> {
  const file = await readFile(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}
