import { readFile } from "node:fs/promises";
import type { Address } from "../infra/net/address.ts";
import { scriptQuestions } from "../infra/script/script.ts";
import { noTracer } from "../infra/telemetry/tracer.ts";
import { createConverse } from "./answers/converse.ts";
import { openAnswers } from "./answers/open.ts";
import { observeServices } from "./hosts/status.ts";
import { beginStoring } from "./jobs/begin.ts";
import type { MarkingSettings } from "./marking/marking.ts";
import type { EdgeOptions } from "./options.ts";
import { openParts } from "./parts.ts";
import { createChooseProfile } from "./profiles/choose.ts";
import { createAssistant } from "./rpc/assistant.ts";
import { createCallCount } from "./rpc/count-calls.ts";
import { createListenedCounts } from "./rpc/request/listened.ts";
import { openPorts } from "./serve.ts";
import { createTurnCounts } from "./turn/stages/metrics.ts";

/** A running edge. */
export interface Edge {
  /** The address that the edge listens at. */
  readonly address: Address;
  /** The address that the edge listens at for operators, if there is one. */
  readonly adminAddress: Address | undefined;
  /** The number of running turns. */
  readonly turnCount: number;
  /** The number of open connections. */
  readonly connectionCount: number;
  /**
   * Accepts no new turns, lets running ones finish for up to `timeoutMs`, interrupts the rest, then closes everything.
   */
  drain(timeoutMs: number): Promise<void>;
}

// How long the last events may still take to be sent after the last turn has ended, in milliseconds.
const closeGraceMs = 1_000;
// How long storing sessions may take at shutdown, in milliseconds. It takes long only if the store is unreachable.
const keepGraceMs = 2_000;
const defaultMarking: MarkingSettings = { on: true, recordDays: 180 };

/**
 * Starts an edge; throws AddressInUseError if its port is taken, SettingsError if its keys file cannot be read. The
 * services need not be running yet.
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { log, metrics, clock, redis, instructions, tracer = noTracer, unixNow = Date.now } = options;
  const { heartbeatIntervalMs = 12_000, readerTimeoutMs = 12_000, marking: markingSettings = defaultMarking } = options;
  const parts = await openParts(options, { heartbeatIntervalMs, markingSettings });
  const { sessions, access, services, ports, turns, resume, marking, readStatus } = parts;
  const { on: marks, notice = "" } = markingSettings;
  const turn = {
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
  const profiles = createChooseProfile({ profiles: options.profiles ?? new Map(), profileOf: sessions.profileOf });
  const asking = { ...parts, profiles, instructions, notice };
  const storing = await beginStoring(options, { ...asking, turn, marking: markingSettings, redis, metrics, unixNow });
  const { chat, jobs } = storing;
  const answers = await openAnswers({ settings: options.answers, services, resume, clock, log, metrics });
  const converse = createConverse({ ...asking, tools: turn, answers });
  const assistant = createAssistant({
    ...asking,
    tools: turn,
    converse,
    chat,
    jobs,
    marks,
    publicUrl: options.publicUrl,
    countListened: createListenedCounts(metrics),
    tracer,
    version: await readVersion(),
    script: options.scripted ? { questions: scriptQuestions.map(toOffered), setting: "DUET_VLLM_URL" } : undefined,
  });
  const draining = new AbortController();
  const warmed = answers?.prewarm(converse, draining.signal);
  observeServices(metrics, readStatus);
  const { openai: { voices } = { voices: {} } } = options;
  const { port, adminPort } = await openPorts(options, {
    assistant,
    openai: { ...asking, turn, voices, marks, tracer, calls, unixNow },
    storedPage: storing.page,
    readStatus,
    turns,
    draining: draining.signal,
  });
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
      // No jobs are accepted from now on. Each running job has a turn, which is drained like all other turns.
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
      await parts.ears?.close();
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
