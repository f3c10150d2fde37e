import { noCredentials } from "../infra/net/credentials.ts";
import { noTracer } from "../infra/telemetry/tracer.ts";
import { type Access, createAccess } from "./access/access.ts";
import type { Ears } from "./ears/ears.ts";
import { createServices, type Services, toPeers } from "./hosts/clients.ts";
import { warnOfClearToken } from "./hosts/credentials.ts";
import { createPorts, type Ports } from "./hosts/ports.ts";
import { createReadStatus, type ServicesStatus } from "./hosts/status.ts";
import { createMarking, type Marking, type MarkingSettings } from "./marking/marking.ts";
import type { EdgeOptions } from "./options.ts";
import { openResume } from "./resume/open.ts";
import type { Resume } from "./resume/resume.ts";
import { createSessions, type Sessions } from "./session/sessions.ts";
import { createMemoryStore } from "./session/store/memory.ts";
import { createRedisStore } from "./session/store/redis.ts";
import { createTurns, type Turns } from "./turn/turns.ts";

/** The parts of an edge that its APIs share. */
export interface Parts {
  readonly sessions: Sessions;
  readonly access: Access;
  readonly services: Services;
  /** Reads the state of the services; does not throw. */
  readonly readStatus: () => Promise<ServicesStatus>;
  /**
   * The services Generate and Synthesize as the edge uses them: each function takes the call on whose behalf it works.
   */
  readonly ports: Ports;
  readonly turns: Turns;
  readonly resume: Resume;
  /** Transcribes recordings; undefined: recordings are not accepted. */
  readonly ears: Ears | undefined;
  readonly marking: Marking;
}

const defaultSession = { ttlMs: 604_800_000, maxMessages: 2_000, maxBytes: 900_000 };

/** Makes the parts of an edge. Throws SettingsError if the keys file cannot be read. The services need not run yet. */
export async function openParts(
  options: EdgeOptions,
  { heartbeatIntervalMs, markingSettings }: { heartbeatIntervalMs: number; markingSettings: MarkingSettings },
): Promise<Parts> {
  const { log, metrics, clock, redis, credentials = noCredentials, tracer = noTracer, unixNow = Date.now } = options;
  const { session: { ttlMs, ...limits } = defaultSession, profiles = new Map(), transcribe } = options;
  const store = redis === undefined ? createMemoryStore() : createRedisStore(redis);
  const sessions = await createSessions({ store, ttlMs, limits, clock, log, metrics });
  const access = await createAccess({ settings: options, profiles, redis, log, clock, unixNow });
  const services = createServices(options, credentials, tracer);
  for (const peer of Object.values(toPeers(options))) warnOfClearToken(peer, credentials, log);
  const turns = createTurns({ maxTurns: options.maxTurns, maxTurnsPerPeer: options.maxTurnsPerPeer, clock });
  const { resume: settings } = options;
  const resume = await openResume({ settings, redis, turns, heartbeatIntervalMs, clock, log, metrics });
  const ears =
    transcribe && (await import("./ears/ears.ts")).createEars({ settings: transcribe, metrics, log, tracer, clock });
  return {
    sessions,
    access,
    services,
    readStatus: createReadStatus(services, clock),
    ports: createPorts(services, clock),
    turns,
    resume,
    ears,
    marking: await createMarking(markingSettings, { unixNow, log }),
  };
}
