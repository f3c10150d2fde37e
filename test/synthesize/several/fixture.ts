import { ChannelCredentials, type ClientError, createChannel, createClient, Status } from "nice-grpc";
import type { TestContext } from "vitest";
import { systemClock } from "../../../infra/clock/clock.ts";
import { readProcess } from "../../../infra/config/read-process.ts";
import { createLog } from "../../../infra/log/log.ts";
import { formatAddress } from "../../../infra/net/address.ts";
import { createMetrics } from "../../../infra/telemetry/metrics.ts";
import { type FishTwinOptions, startFishTwin } from "../../../infra/twins/fish/server.ts";
import { type SpeechTwinOptions, startSpeechTwin } from "../../../infra/twins/speech/server.ts";
import { startServer } from "../../../services/common/server/server.ts";
import {
  Config,
  type SynthesizeRequest,
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
  WarningReason,
} from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import type { SpeechEngine } from "../../../services/synthesize/engines/adapter.ts";
import { openEngine } from "../../../services/synthesize/engines/open.ts";
import { createCasting } from "../../../services/synthesize/lanes/casting.ts";
import { openLane } from "../../../services/synthesize/lanes/lane.ts";
import { degraded, notReady } from "../../../services/synthesize/lanes/readiness.ts";
import { createSynthesizeMetrics } from "../../../services/synthesize/report/metrics.ts";
import { createSynthesizeService } from "../../../services/synthesize/service.ts";

/** How a text was spoken, as far as it was. */
export interface Spoken {
  /** The voice that was admitted, and at how many samples a second. */
  readonly voice: string;
  readonly sampleRateHertz: number;
  /** Each segment that was heard to its end: who spoke it, which written range, how long, in seconds. */
  readonly segments: readonly { voice: string; start: number; end: number; seconds: number }[];
  /** Warnings by name. */
  readonly warnings: readonly string[];
  /** How it ended. */
  readonly end: "OK" | keyof typeof Status;
  /** Why, if not well. */
  readonly details: string;
  /** From the question to the first sound, and to the end. */
  readonly firstAudioMs: number;
  readonly tookMs: number;
}

/** What of the stand-ins and settings is not as usual. */
export interface Given {
  readonly fish?: Partial<FishTwinOptions>;
  readonly speech?: Partial<SpeechTwinOptions>;
  readonly env?: Record<string, string>;
}

/** The wire of Synthesize, as a test speaks with it. */
export type SynthesizeClient = ReturnType<typeof clientOf>["client"];

/** A client of Synthesize at an address. */
export function clientOf(address: string) {
  const channel = createChannel(address, ChannelCredentials.createInsecure());
  return { client: createClient(SynthesizeServiceDefinition, channel), close: () => channel.close() };
}

/** Synthesize in this process before a Fish-Speech and a server of `/v1/audio/speech`, on real sockets. */
export async function startTwo(t: TestContext, { fish = {}, speech = {}, env = {} }: Given = {}) {
  const twins = {
    fish: await startFishTwin({ timeScale: 0, ...fish }),
    speech: await startSpeechTwin({ timeScale: 0, kind: "kokoro-fastapi", faults: false, ...speech }),
  };
  const urls = { DUET_FISH_URL: twins.fish.url, DUET_SPEECH_URL: twins.speech.url };
  const { synthesize, engines } = readProcess("synthesize", { ...urls, ...env });
  const metrics = createMetrics({ runtime: false });
  const clock = systemClock;
  const log = createLog({ service: "synthesize", level: "silent" });
  const speakMetrics = createSynthesizeMetrics(metrics);
  const open = (engine: SpeechEngine) =>
    openLane(openEngine(engine, { clock }), {
      settings: { ...synthesize, maxSessions: 64 },
      metrics: speakMetrics,
      log,
      clock,
    });
  const [first, ...others] = engines;
  const lanes = [open(first), ...others.map(open)] as const;
  const watches = lanes.map(({ watch }) => watch);
  const { substitutes } = synthesize;
  const server = await startServer({
    name: "synthesize",
    definition: SynthesizeServiceDefinition,
    implementation: createSynthesizeService({
      casting: createCasting({ lanes, substitutes, metrics: speakMetrics, log, clock }),
      writerPauseMs: 400,
      maxSessions: 64,
      watches,
      lanes,
      clock,
    }),
    listen: { address: { host: "127.0.0.1", port: 0 }, setting: "" },
    adminListen: { address: { host: "127.0.0.1", port: 0 }, setting: "" },
    metrics,
    log,
    clock,
    notReady: () => notReady(watches),
    degraded: () => degraded(watches),
    drainTimeoutMs: 1000,
  });
  const { client, close } = clientOf(formatAddress(server.address));
  t.onTestFinished(async () => {
    close();
    await server.close();
    await Promise.all(lanes.map((lane) => lane.close()));
    await Promise.all([twins.fish.close(), twins.speech.close()]);
  });
  return {
    client,
    twins,
    lanes,
    /** Voices that an engine has spoken with, one for each request that it worked on. */
    voicesOf: (engine: keyof typeof twins) =>
      twins[engine].seen().flatMap(({ state, voice }) => (state === "refused" ? [] : [voice])),
    speak: (voice: string, text: string) => speak(client, voice, text),
    metrics: () => metrics.registry.metrics(),
  };
}

/** Speaks a text, and tells how that went. `onSegment` hears of each segment that is whole. */
export async function speak(
  client: SynthesizeClient,
  voice: string,
  text: string,
  onSegment: (count: number) => void = () => {},
): Promise<Spoken> {
  const beganAt = performance.now();
  const spoken = { voice: "", sampleRateHertz: 0, firstAudioMs: Number.POSITIVE_INFINITY };
  const segments: { voice: string; start: number; end: number; seconds: number }[] = [];
  const warnings: string[] = [];
  let open: { index: number; voice: string; start: number; end: number; frames: number } | undefined;
  const told = (end: Spoken["end"], details: string): Spoken => ({
    ...{ ...spoken, segments, warnings, end, details },
    tookMs: performance.now() - beganAt,
  });
  try {
    for await (const { event } of client.synthesize(requests(voice, text)) as AsyncIterable<SynthesizeResponse>)
      switch (event?.$case) {
        case "admitted":
          Object.assign(spoken, event.value, { sampleRateHertz: event.value.format?.sampleRateHertz });
          break;
        case "segment": {
          if (open !== undefined) throw new Error("a segment begins in the middle of another");
          const { index, start, end } = event.value;
          if (index !== segments.length) throw new Error(`segment ${index} comes after ${segments.length - 1}`);
          open = { index, voice: event.value.voice, start, end, frames: 0 };
          break;
        }
        case "audio":
          if (event.value.offset !== open?.frames || event.value.segment !== open.index)
            throw new Error("audio has a gap");
          spoken.firstAudioMs = Math.min(spoken.firstAudioMs, performance.now() - beganAt);
          open.frames += event.value.pcm.length / 2;
          break;
        case "segmentDone":
          if (open === undefined || event.value.sampleCount !== open.frames) throw new Error("a segment is not whole");
          segments.push({ ...open, seconds: open.frames / spoken.sampleRateHertz });
          open = undefined;
          onSegment(segments.length);
          break;
        case "warning":
          warnings.push(nameOf(event.value.reason));
          break;
      }
    return told("OK", "");
  } catch (error) {
    const { code, details = String(error) } = error as ClientError;
    return told(code === undefined ? "UNKNOWN" : (Status[code] as keyof typeof Status), details);
  }
}

function nameOf(reason: WarningReason): string {
  return Object.entries(WarningReason).find(([, value]) => value === reason)?.[0] ?? String(reason);
}

async function* requests(voice: string, text: string): AsyncGenerator<SynthesizeRequest> {
  yield { part: { $case: "config", value: Config.fromPartial({ voice }) } };
  yield { part: { $case: "text", value: text } };
  yield { part: { $case: "end", value: {} } };
}
