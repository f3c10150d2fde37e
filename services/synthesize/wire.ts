import { BinaryWriter } from "@bufbuild/protobuf/wire";
import type { idle } from "../../infra/stream/idle.ts";
import { countCodePoints } from "../../infra/text/code-points.ts";
import { canonicalTag } from "../../infra/text/language/tag.ts";
import { spanWeight } from "../../infra/text/weight.ts";
import { InvalidRequestError } from "../common/errors/request-error.ts";
import { Severity } from "../gen/duet/config/v1/drift.ts";
import { EngineConfig } from "../gen/duet/config/v1/engine.ts";
import type {
  Config,
  DeepPartial,
  Played,
  SynthesizeRequest,
  SynthesizeResponse,
  SpeechCache as WireCache,
  Capacity as WireCapacity,
  Engine as WireEngine,
  Voice as WireVoice,
  WarningReason as WireWarningReason,
} from "../gen/duet/synthesize/v1/synthesize.ts";
import {
  Audio,
  SegmentSource,
  SynthesizeServiceDefinition,
  WarningReason,
  OpenerMode as WireOpenerMode,
  SynthesizeResponse as WireResponse,
} from "../gen/duet/synthesize/v1/synthesize.ts";
import type { CacheReport } from "./cache/cache.ts";
import type { LaneVoice } from "./lanes/directory.ts";
import type { Lane } from "./lanes/lane.ts";
import type { EngineReport } from "./report/watch.ts";
import type { OpenerMode } from "./schedule/sizes/opener.ts";
import type { WarningReason as Reason, Speech } from "./speak/speech.ts";
import type { FirstAudioWaits, Waits } from "./speak/waits.ts";
import type { Segment } from "./text/join.ts";
import type { Written } from "./text/words.ts";

type Event = NonNullable<SynthesizeResponse["event"]>;

/** How many openings a call may send; `longestOpening` is the maximum length of each, in code points. */
const mostOpenings = 32;
const longestOpening = 100;
/** The maximum size of a message's text, in bytes of UTF-8. */
const maxMessageBytes = 64 * 1024;
/**
 * The maximum length of a call's text, in code points: about eight hours of speech. It bounds the memory that one call
 * can occupy.
 */
const maxCharacters = 200_000;

/** Records how much text a call has received, and is notified when text or a playback report arrives. */
export interface Received {
  /** The length of the text that has arrived so far, in code points. */
  characters: number;
  /** When the call's first text arrived, by the clock that `readWritten` is given; undefined until then. */
  firstTextAt: number | undefined;
  /** `received` of this object is called for each piece of text that arrives. */
  readonly waits: Pick<Waits, "received">;
  /** Called for each playback report, with how far the listener has heard the speech. */
  readonly played: (at: Played) => void;
}

/** Reads the first message of a call, which configures the speech. Throws InvalidRequestError if it is invalid. */
export function readConfig(first: IteratorResult<SynthesizeRequest, unknown>): Config {
  if (first.done || first.value.part?.$case !== "config")
    throw new InvalidRequestError({
      field: "config",
      description: "must be the first message; send it before any text",
    });
  const config = first.value.part.value;
  for (const [field, tag] of [
    ["config.language", config.language],
    ["config.question_language", config.questionLanguage],
  ] as const)
    if (tag !== "" && canonicalTag(tag) === undefined)
      throw new InvalidRequestError({ field, description: 'must be a BCP 47 tag such as "zh" or "en", or empty' });
  const tooLong = config.openings.findIndex((text) => countCodePoints(text) > longestOpening);
  const description = `must be at most ${mostOpenings} texts of at most ${longestOpening} characters each`;
  if (config.openings.length > mostOpenings) throw new InvalidRequestError({ field: "config.openings", description });
  if (tooLong >= 0) throw new InvalidRequestError({ field: `config.openings[${tooLong}]`, description });
  return config;
}

/** The caller's choice of where the first segment may end; undefined if the caller leaves it to the service. */
export function openerOf(mode: WireOpenerMode): OpenerMode | undefined {
  if (mode === WireOpenerMode.UNSPECIFIED) return undefined;
  return mode === WireOpenerMode.WRITTEN ? "written" : "soft";
}

/** Converts an opener mode (where the first segment may end) to the enum of the proto. */
export const toOpenerMode = (mode: OpenerMode): WireOpenerMode =>
  mode === "written" ? WireOpenerMode.WRITTEN : WireOpenerMode.SOFT;

/**
 * Reads the messages after the first as written text. The text ends at the message `end`, or when the sender stops
 * sending; playback reports are read until the call ends. Throws InvalidRequestError for a message that is not allowed.
 */
export async function* readWritten(
  messages: AsyncIterator<SynthesizeRequest>,
  received: Received,
  now: () => number,
): AsyncGenerator<Exclude<Written, typeof idle>> {
  for (let next = await messages.next(); !next.done; next = await messages.next()) {
    const { part } = next.value;
    switch (part?.$case) {
      case "text":
        checkText(part.value, received);
        received.characters += countCodePoints(part.value);
        received.firstTextAt ??= now();
        received.waits.received();
        yield { text: part.value };
        break;
      case "flush":
        yield "flush";
        break;
      case "played":
        received.played(part.value);
        break;
      case "end":
        void readPlayed(messages, received);
        return;
      case "config":
        throw new InvalidRequestError({ field: "config", description: "may be sent once, as the first message" });
      default:
        throw new InvalidRequestError({
          field: "part",
          description: "must be one of config, text, flush, end, played",
        });
    }
  }
}

function checkText(text: string, { characters }: Received): void {
  const field = "text";
  if (Buffer.byteLength(text) > maxMessageBytes)
    throw new InvalidRequestError({ field, description: "is longer than 64 KiB; send it in several messages" });
  if (characters + countCodePoints(text) > maxCharacters)
    throw new InvalidRequestError({
      field,
      description: `all text of a call must have at most ${maxCharacters} characters`,
    });
}

/** Reads the messages after the end of the text, which can only be playback reports. Never rejects. */
async function readPlayed(
  messages: AsyncIterator<SynthesizeRequest>,
  { played }: Pick<Received, "played">,
): Promise<void> {
  try {
    for (let next = await messages.next(); !next.done; next = await messages.next())
      if (next.value.part?.$case === "played") played(next.value.part.value);
  } catch {
    // Ignored: the call has ended, or its caller has left. The code that sends the speech notices this too.
  }
}

const warningReasons: Record<Reason, WireWarningReason> = {
  "segment-failed": WarningReason.SEGMENT_FAILED,
  "audio-suspect": WarningReason.AUDIO_SUSPECT,
  "not-spoken": WarningReason.NOT_SPOKEN,
  "voice-substituted": WarningReason.VOICE_SUBSTITUTED,
};

const sources = {
  engine: SegmentSource.ENGINE,
  cache: SegmentSource.CACHE,
  opener: SegmentSource.OPENER,
} as const;

/**
 * Converts an event of speech to a message. `first`: what the call's first audio waited for, sent in the same message.
 */
export function toEvent(speech: Speech, first?: FirstAudioWaits): { event: Event } {
  switch (speech.kind) {
    case "segment": {
      const { index, source, voice } = speech;
      const { start, end, spoken } = speech.segment;
      return {
        event: {
          $case: "segment",
          value: { index, start, end, spoken, spans: toSpans(speech.segment), source: sources[source], voice },
        },
      };
    }
    case "audio":
      return {
        event: {
          $case: "audio",
          value: { segment: speech.index, offset: speech.offset, pcm: asBuffer(speech.pcm), first },
        },
      };
    case "done": {
      const { index: segment, sampleCount, engineMs } = speech;
      return { event: { $case: "segmentDone", value: { segment, sampleCount, engineMs } } };
    }
    case "warning": {
      const { start, end } = speech;
      return { event: { $case: "warning", value: { reason: warningReasons[speech.reason], start, end } } };
    }
  }
}

function toSpans({ spoken, spans }: Segment) {
  const characters = [...spoken];
  return spans.map((span) => {
    const weight = spanWeight(characters.slice(span.spokenStart, span.spokenEnd).join(""));
    return { ...span, weight };
  });
}

/** Converts a voice to a message. */
export function toVoice({ name, displayName, languages, engine }: LaneVoice): WireVoice {
  return { name, displayName, languages: [...languages], engine };
}

const noBytes = Buffer.alloc(0);

/** Wraps bytes in a Buffer, without copying them, since ts-proto requires one. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The definition of SynthesizeService with a serializer that copies audio only once: the generated serializer writes
 * the audio into a growing buffer, moves it twice to make room for length fields, and copies the result out. Both
 * serializers produce equivalent bytes.
 */
export const leanDefinition = {
  ...SynthesizeServiceDefinition,
  methods: {
    ...SynthesizeServiceDefinition.methods,
    synthesize: {
      ...SynthesizeServiceDefinition.methods.synthesize,
      responseType: { ...WireResponse, encode: encodeResponse },
    },
  },
};

/** The tags of `SynthesizeResponse.audio` and `Audio.pcm`, which are length-delimited fields. */
const audioTag = (3 << 3) | 2;
const pcmTag = (3 << 3) | 2;

function encodeResponse(message: SynthesizeResponse): { finish(): Uint8Array } {
  if (message.event?.$case !== "audio") return WireResponse.encode(message);
  const { pcm, ...rest } = message.event.value;
  const others = Audio.encode({ ...rest, pcm: noBytes }).finish();
  // The audio samples come last in the message, so that they are copied only once.
  const pcmHead = new BinaryWriter().uint32(pcmTag).uint32(pcm.length).finish();
  const length = others.length + pcmHead.length + pcm.length;
  const head = new BinaryWriter().uint32(audioTag).uint32(length).raw(others).raw(pcmHead).finish();
  return { finish: () => Buffer.concat([head, pcm]) };
}

const severities = { minor: Severity.MINOR, severe: Severity.SEVERE } as const;

/** Converts the state of the cache to a message. */
export function toCache({ bytes, maxBytes, lookups, hits, sharedReady }: CacheReport): WireCache {
  const shared = sharedReady === undefined ? undefined : { ready: sharedReady };
  const [held, most, looked, found] = [bytes, maxBytes, lookups, hits].map(BigInt) as [bigint, bigint, bigint, bigint];
  return { bytes: held, maxBytes: most, lookups: looked, hits: found, shared };
}

/** Converts an engine's capacity to a message. */
export function toCapacity({ admission, forecast }: Pick<Lane, "admission" | "forecast">): WireCapacity {
  const { sessions, queued, limit, realTimeFactor } = admission.report();
  return { sessions, queued, sessionLimit: limit, realTimeFactor, firstWordsMs: Math.round(forecast.firstWordsMs()) };
}

/** Converts the report on an engine to a message. */
export function toEngine({ name, kind, config, workers, differences, reason }: EngineReport): DeepPartial<WireEngine> {
  return {
    name,
    kind,
    ...(config && { config: EngineConfig.decode(config) }),
    servers: workers.map(({ url, versions, reason = "" }) => ({ url, versions: [...versions], reason })),
    ...(reason !== undefined && { reason }),
    differences: differences.map((one) => ({ ...one, severity: severities[one.severity] })),
  };
}
