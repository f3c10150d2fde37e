import type { TestContext } from "vitest";
import { type Edge, startEdge } from "../../edge/edge.ts";
import type { SessionMessage } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { Role } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import type { EdgeOptions } from "../../edge/options.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics, type Metrics } from "../../infra/telemetry/metrics.ts";
import { openStore } from "../stores/open.ts";
import { createGrpcClient } from "../support/callers.ts";
import type { Event } from "../support/events.ts";
import { type Program, startProgram } from "../support/processes.ts";
import type { Stack } from "../support/stack.ts";
import { until } from "../support/until.ts";

export type Client = ReturnType<typeof createGrpcClient>["client"];

/** An edge in this process on the services of a stack, and a customer of it. */
export interface OpenedEdge {
  readonly client: Client;
  readonly edge: Edge;
  readonly metrics: Metrics;
}

type Services = Pick<Stack, "generate" | "synthesize">;

/** Starts an edge that ends with the test; it keeps sessions in the Redis at `redisUrl`, or in its memory. */
export async function openEdge(
  context: TestContext,
  { generate, synthesize }: Services,
  redisUrl?: string,
  options: Partial<EdgeOptions> = {},
): Promise<OpenedEdge> {
  const redis = redisUrl === undefined ? undefined : (await openStore(context, redisUrl)).store;
  const metrics = createMetrics({ runtime: false });
  const edge = await startEdge({
    listen: { host: "127.0.0.1", port: 0 },
    generateUrl: generate.url,
    synthesizeUrl: synthesize.url,
    corsOrigins: [],
    instructions: "Answer briefly.",
    scripted: true,
    maxTurns: 400,
    page: async () => false,
    log: createLog({ service: "edge", level: "silent" }),
    metrics,
    clock: systemClock,
    redis,
    ...options,
  });
  const { client, close } = createGrpcClient(`http://${formatAddress(edge.address)}`);
  context.onTestFinished(async () => {
    close();
    await edge.drain(0);
  });
  return { client, edge, metrics };
}

/** An edge that is a process of its own, and a customer of it. */
export interface EdgeProgram extends Program {
  readonly client: Client;
  /** Ends the customer's connection. */
  leave(): void;
}

/** Starts an edge's process; whoever starts it ends it. */
export async function startEdgeProgram(
  { generate, synthesize }: Services,
  redisUrl: string,
  settings: Record<string, string> = {},
): Promise<EdgeProgram> {
  const program = await startProgram("edge/main.ts", {
    DUET_EDGE_LISTEN: "127.0.0.1:0",
    DUET_EDGE_GENERATE_URL: generate.url,
    DUET_EDGE_SYNTHESIZE_URL: synthesize.url,
    DUET_REDIS_URL: redisUrl,
    DUET_DRAIN_TIMEOUT_MS: "0",
    ...settings,
  });
  const { client, close } = createGrpcClient(program.url);
  return Object.assign(Object.create(program) as Program, { client, leave: close });
}

/** Reads a turn in the background; `ended` tells what broke it, if anything did. */
export function follow(source: AsyncIterable<Event>) {
  const events: Event[] = [];
  const ended = (async () => {
    for await (const event of source) events.push(event);
  })().then(
    () => undefined,
    (error: unknown) => error,
  );
  return {
    events,
    ended,
    get turnId() {
      const { event } = events.find(({ event }) => event.case === "started") ?? {};
      return event?.case === "started" ? event.value.turnId : "";
    },
    get text() {
      return events.map(({ event }) => (event.case === "textDelta" ? event.value.text : "")).join("");
    },
    /** Resolves once so many events of a kind have come. */
    has: (name: Event["event"]["case"], count = 1) =>
      until(`${count} ${name}`, () => events.filter(({ event }) => event.case === name).length >= count, 20_000),
  };
}

/** A message as tests compare it: who spoke and what was heard, then how it is marked. */
export function shown({ role, text, heardEnd, interrupted, estimated, running }: SessionMessage): string {
  const marks = [interrupted && "interrupted", estimated && "estimated", running && "running"].filter(Boolean);
  return [`${role === Role.USER ? "user" : "assistant"}: ${[...text].slice(0, heardEnd).join("")}`, ...marks].join(
    " | ",
  );
}

/** The messages of a session, as `shown` shows them. */
export async function shownOf(client: Client, sessionId: string): Promise<string[]> {
  return (await client.getSession({ sessionId })).messages.map(shown);
}
