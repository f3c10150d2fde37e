import { ChannelCredentials, createChannel, createClient, Metadata } from "nice-grpc";
import type { TestContext } from "vitest";
import { type FishTwinOptions, startFishTwin } from "../../../infra/twins/fish/server.ts";
import {
  type Config,
  type DeepPartial,
  SegmentSource,
  type SynthesizeResponse,
  SynthesizeServiceDefinition,
  type WarningReason,
} from "../../../services/gen/duet/synthesize/v1/synthesize.ts";
import { startSynthesize } from "../../../services/synthesize/start.ts";
import { hostService } from "../../support/services.ts";

/** By which the service knows the edge, and believes it whose text it is. */
const token = "0123456789abcdef0123456789abcdef";

/** What differs from an ordinary one. */
export interface Setup {
  /** Of the voice; its time scale is 0 unless it says. */
  twin?: Partial<FishTwinOptions>;
  /** Of the service. */
  settings?: Record<string, string>;
}

/** The service before a voice that tells what it was asked for. */
export async function start(context: TestContext, { twin = {}, settings = {} }: Setup = {}) {
  const voice = await startFishTwin({ timeScale: 0, ...twin });
  context.onTestFinished(() => voice.close());
  const service = await hostService("synthesize", startSynthesize, {
    DUET_FISH_URL: voice.url,
    DUET_SYNTHESIZE_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_ADMIN_LISTEN: "127.0.0.1:0",
    DUET_SYNTHESIZE_MAX_SESSIONS: "500",
    DUET_LOG_LEVEL: "info",
    DUET_SERVICE_TOKEN: token,
    ...settings,
  });
  context.onTestFinished(() => service.stop());
  const channel = createChannel(new URL(service.url).host, ChannelCredentials.createInsecure());
  context.onTestFinished(() => channel.close());
  const client = createClient(SynthesizeServiceDefinition, channel);
  const speak = async (
    text: string | readonly string[],
    { tenant = "acme", alone = false, ...config }: Saying = {},
  ) => {
    const claims = { "duet-tenant": tenant, "duet-caller": "edge" };
    const metadata = new Metadata({ ...claims, authorization: `Bearer ${token}` });
    const pieces = typeof text === "string" ? [text] : text;
    return summarize(await Array.fromAsync(client.synthesize(requests(pieces, alone, config), { metadata })));
  };
  /** The texts that the voice was to speak; Synthesize asks it for other things too, to see what it is. */
  const asked = () => voice.seen().flatMap(({ body }) => (body as { text?: string }).text ?? []);
  return { service, voice, speak, asked };
}

/** How a text is spoken. Default: in Chinese by xiaolin, for a tenant called acme. */
export type Saying = DeepPartial<Config> & {
  tenant?: string;
  /** Each piece is spoken without the next. */
  alone?: boolean;
};

async function* requests(pieces: readonly string[], alone: boolean, config: DeepPartial<Config>) {
  yield { part: { $case: "config" as const, value: { voice: "xiaolin", language: "zh", ...config } } };
  for (const text of pieces) {
    yield { part: { $case: "text" as const, value: text } };
    if (alone) yield { part: { $case: "flush" as const, value: {} } };
  }
  yield { part: { $case: "end" as const, value: {} } };
}

/** Which words were spoken, from where, and how they sound: all of it, and each segment. */
function summarize(events: readonly SynthesizeResponse[]) {
  const words: string[] = [];
  const sources: string[] = [];
  const sound: Uint8Array[] = [];
  const warnings: WarningReason[] = [];
  for (const { event } of events) {
    if (event?.$case === "segment") words.push(event.value.spoken);
    if (event?.$case === "segment") sources.push(names[event.value.source]);
    if (event?.$case === "audio") sound.push(event.value.pcm);
    if (event?.$case === "warning") warnings.push(event.value.reason);
  }
  const segments = words.map((_, index) =>
    Buffer.concat(
      events.flatMap(({ event }) =>
        event?.$case === "audio" && event.value.segment === index ? [event.value.pcm] : [],
      ),
    ),
  );
  const admitted = events.flatMap(({ event }) => (event?.$case === "admitted" ? [event.value] : []))[0];
  return { words, sources, sound: Buffer.concat(sound), segments, warnings, admitted };
}

const names: Record<SegmentSource, string> = {
  [SegmentSource.UNSPECIFIED]: "",
  [SegmentSource.ENGINE]: "engine",
  [SegmentSource.CACHE]: "cache",
  [SegmentSource.OPENER]: "opener",
};
