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

/** The most openings of a call, and the most characters of each. */
const mostOpenings = 32;
const longestOpening = 100;
/** The most text of one message, in bytes of UTF-8. */
const maxMessageBytes = 64 * 1024;
/** The most text of one call, in code points: about eight hours of speech. It bounds what one call can make us hold. */
const maxCharacters = 200_000;

/** What a call has received. */
export interface Received {
  /** Code points of text. */
  characters: number;
  /** When its first text came, by the clock given; undefined before. */
  firstTextAt: number | undefined;
  /** Is told of each text. */
  readonly waits: Pick<Waits, "received">;
  /** Is told how far the speech was heard. */
  readonly played: (at: Played) => void;
}

/** Reads the first message of a call, which says how to speak. Throws InvalidRequestError. */
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

/** Where the first segment of a text may end, where its caller says so; undefined if the service is to decide. */
export function openerOf(mode: WireOpenerMode): OpenerMode | undefined {
  if (mode === WireOpenerMode.UNSPECIFIED) return undefined;
  return mode === WireOpenerMode.WRITTEN ? "written" : "soft";
}

/** Where the first segment of a text may end, as a message says it. */
export const toOpenerMode = (mode: OpenerMode): WireOpenerMode =>
  mode === "written" ? WireOpenerMode.WRITTEN : WireOpenerMode.SOFT;

/**
 * The messages after the first, as written text. Ends at `end` or when the sender does; what the sender tells of its playback is read on to the
 * end of the call. Throws InvalidRequestError.
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
    throw new InvalidRequestError({ field, description: `all text of a call is at most ${maxCharacters} characters` });
}

/** Reads what comes behind the end of the text, until there is no more: how far its speech was heard. Never rejects. */
async function readPlayed(
  messages: AsyncIterator<SynthesizeRequest>,
  { played }: Pick<Received, "played">,
): Promise<void> {
  try {
    for (let next = await messages.next(); !next.done; next = await messages.next())
      if (next.value.part?.$case === "played") played(next.value.part.value);
  } catch {
    // The call is over, or its caller has left: whoever speaks hears of that by themselves.
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

/** An event of speech as a message. `first`: what the first audio of a call has waited for, which goes with it. */
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

/** A voice as a message. */
export function toVoice({ name, displayName, languages, engine }: LaneVoice): WireVoice {
  return { name, displayName, languages: [...languages], engine };
}

const noBytes = Buffer.alloc(0);

/** The same bytes; ts-proto wants them under this name. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The definition of SynthesizeService, which writes speech with one copy: what is generated writes it into a buffer that grows, moves it twice to make
 * room for lengths, and copies it out. The bytes mean the same.
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

/** Field numbers of `SynthesizeResponse.audio` and `Audio.pcm`, as tags of fields that have a length. */
const audioTag = (3 << 3) | 2;
const pcmTag = (3 << 3) | 2;

function encodeResponse(message: SynthesizeResponse): { finish(): Uint8Array } {
  if (message.event?.$case !== "audio") return WireResponse.encode(message);
  const { pcm, ...rest } = message.event.value;
  const others = Audio.encode({ ...rest, pcm: noBytes }).finish();
  // The samples stand at the end, where nothing has to be moved for them.
  const pcmHead = new BinaryWriter().uint32(pcmTag).uint32(pcm.length).finish();
  const length = others.length + pcmHead.length + pcm.length;
  const head = new BinaryWriter().uint32(audioTag).uint32(length).raw(others).raw(pcmHead).finish();
  return { finish: () => Buffer.concat([head, pcm]) };
}

const severities = { minor: Severity.MINOR, severe: Severity.SEVERE } as const;

/** What is known of the cache as a message. */
export function toCache({ bytes, maxBytes, lookups, hits, sharedReady }: CacheReport): WireCache {
  const shared = sharedReady === undefined ? undefined : { ready: sharedReady };
  const [held, most, looked, found] = [bytes, maxBytes, lookups, hits].map(BigInt) as [bigint, bigint, bigint, bigint];
  return { bytes: held, maxBytes: most, lookups: looked, hits: found, shared };
}

/** What an engine carries as a message. */
export function toCapacity({ admission, forecast }: Pick<Lane, "admission" | "forecast">): WireCapacity {
  const { sessions, queued, limit, realTimeFactor } = admission.report();
  return { sessions, queued, sessionLimit: limit, realTimeFactor, firstWordsMs: Math.round(forecast.firstWordsMs()) };
}

/** What is known of an engine as a message. */
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
