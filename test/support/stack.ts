import { type Edge, startEdge } from "../../edge/edge.ts";
import type { EdgeOptions } from "../../edge/options.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { formatAddress } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { type FishTwin, type FishTwinOptions, startFishTwin } from "../../infra/twins/fish/server.ts";
import type { FlaskTwin } from "../../infra/twins/flask/twin.ts";
import { type SpeechTwin, type SpeechTwinOptions, startSpeechTwin } from "../../infra/twins/speech/server.ts";
import { startVllmTwin, type VllmTwin, type VllmTwinOptions } from "../../infra/twins/vllm/server.ts";
import { startGenerate } from "../../services/generate/start.ts";
import { startSynthesize } from "../../services/synthesize/start.ts";
import { type Link, startLink } from "./link.ts";
import { type Program, startProgram } from "./processes.ts";
import { type HostedService, hostService } from "./services.ts";

/** What differs from an ordinary stack. */
export interface StackOptions {
  /** Of the vLLM twin; its time scale is `timeScale`. */
  vllm?: Partial<VllmTwinOptions>;
  /** Of every Fish twin; its time scale is `timeScale`. */
  fish?: Partial<FishTwinOptions>;
  /** How many Fish workers there are. Default 1. */
  fishWorkers?: number;
  /** Fish workers besides, which the caller of this has started and ends. */
  moreFishUrls?: readonly string[];
  /** A server of `/v1/audio/speech` speaks in the place of Fish-Speech; its time scale is `timeScale`. */
  speech?: Partial<SpeechTwinOptions>;
  /** Another voice speaks in the place of Fish-Speech, whose address goes into this variable. */
  voice?: { readonly variable: string; start(timeScale: number): Promise<FlaskTwin> };
  /** Stretches the delays of both twins. Default 0.05: far faster than the engines, and still in their order. */
  timeScale?: number;
  /** Settings of Generate and Synthesize. */
  settings?: Record<string, string>;
  /** Synthesize runs in a process of its own, for a test that kills it. */
  separate?: boolean;
  /** How far the services are from the edge. Default: they are called directly. */
  roundTripMs?: number;
  /** Of the edge. */
  edge?: Partial<EdgeOptions>;
}

/** Everything of a deployment on ports of its own, in this process: twins, services and edge. */
export interface Stack {
  /** Where the edge answers. */
  readonly url: string;
  readonly edge: Edge;
  readonly vllm: VllmTwin;
  /** None where `speech` or `voice` is given. */
  readonly fish: readonly FishTwin[];
  readonly speech: SpeechTwin | undefined;
  readonly voice: FlaskTwin | undefined;
  readonly generate: HostedService;
  readonly synthesize: HostedService | Program;
  /** The lines from the edge to the services, if `roundTripMs` is set. */
  readonly links: { readonly generate: Link; readonly synthesize: Link } | undefined;
  /** Ends all of it. May be called again. */
  close(): Promise<void>;
}

const drainTimeoutMs = 2_000;

/** Starts a stack. Close it in the test's `after`. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { timeScale = 0.05, moreFishUrls = [], settings = {} } = options;
  const { fishWorkers = (options.speech ?? options.voice) === undefined ? 1 : 0 } = options;
  const speech = options.speech && (await startSpeechTwin({ timeScale, ...options.speech }));
  const voice = await options.voice?.start(timeScale);
  const vllm = await startVllmTwin({ timeScale, ...options.vllm });
  const fish = await Promise.all(
    Array.from({ length: fishWorkers }, () => startFishTwin({ timeScale, ...options.fish })),
  );
  const startSpeaking = (variables: Record<string, string>) =>
    options.separate === true
      ? startProgram("services/synthesize/main.ts", variables)
      : hostService("synthesize", startSynthesize, variables);
  const anyPort = "127.0.0.1:0";
  const [generate, synthesize] = await Promise.all([
    hostService("generate", startGenerate, {
      DUET_VLLM_URL: vllm.url,
      DUET_GENERATE_LISTEN: anyPort,
      DUET_GENERATE_ADMIN_LISTEN: anyPort,
      DUET_DRAIN_TIMEOUT_MS: "0",
      ...settings,
    }),
    startSpeaking({
      ...((speech ?? voice) === undefined && {
        DUET_FISH_URL: [...fish.map(({ url }) => url), ...moreFishUrls].join(","),
      }),
      ...(speech !== undefined && { DUET_SPEECH_URL: speech.url }),
      ...(voice !== undefined && { [options.voice?.variable ?? ""]: voice.url }),
      DUET_SYNTHESIZE_LISTEN: anyPort,
      DUET_SYNTHESIZE_ADMIN_LISTEN: anyPort,
      // More than a voice of which nothing is known would be given: tests are not of that.
      DUET_SYNTHESIZE_MAX_SESSIONS: "64",
      DUET_DRAIN_TIMEOUT_MS: "0",
      ...settings,
    }),
  ]);
  const { roundTripMs } = options;
  const links =
    roundTripMs === undefined
      ? undefined
      : {
          generate: await startLink(generate.url, { roundTripMs }),
          synthesize: await startLink(synthesize.url, { roundTripMs }),
        };
  const edge = await startEdge({
    listen: { host: "127.0.0.1", port: 0 },
    generateUrl: (links?.generate ?? generate).url,
    synthesizeUrl: (links?.synthesize ?? synthesize).url,
    corsOrigins: [],
    instructions: "Answer briefly.",
    scripted: true,
    maxTurns: 400,
    page: async () => false,
    log: createLog({ service: "edge", level: "silent" }),
    metrics: createMetrics({ runtime: false }),
    clock: systemClock,
    ...options.edge,
  });
  let closed: Promise<void> | undefined;
  return {
    url: `http://${formatAddress(edge.address)}`,
    edge,
    vllm,
    fish,
    speech,
    voice,
    generate,
    synthesize,
    links,
    close() {
      closed ??= (async () => {
        await edge.drain(drainTimeoutMs);
        await Promise.all([links?.generate.close(), links?.synthesize.close()]);
        await Promise.all([generate.stop(), synthesize.stop()]);
        await Promise.all([vllm.close(), speech?.close(), voice?.close(), ...fish.map((twin) => twin.close())]);
      })();
      return closed;
    },
  };
}
