import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import type { OpenerMode } from "../schedule/sizes/opener.ts";
import type { Segment } from "../text/join.ts";
import type { Offer } from "../text/words.ts";
import type { Playback } from "./playback.ts";
import type { Waits } from "./waits.ts";

/**
 * The most bytes of an audio event: 0.37 s at 44.1 kHz; what a message costs is paid per message, not per byte. With all that stands around it, on
 * whichever wire, it is to be less than 32 KiB: protobuf's writers double their buffer, and would make one of 64 KiB for a byte more.
 */
export const pieceBytes = 32 * 1024 - 512;

/** Something that happened while a text is spoken. Segments come in order, each complete before the next begins. */
export type Speech =
  /** `voice` speaks it, in full: `fish/emma`. */
  | {
      readonly kind: "segment";
      readonly index: number;
      readonly segment: Segment;
      readonly voice: string;
      readonly source: SpeechSource;
    }
  /** `offset` counts sample frames within the segment; `pcm` is s16le, at most `pieceBytes`. */
  | { readonly kind: "audio"; readonly index: number; readonly offset: number; readonly pcm: Uint8Array }
  | { readonly kind: "done"; readonly index: number; readonly sampleCount: number; readonly engineMs: number }
  /** A range of the written text is not heard as written. */
  | { readonly kind: "warning"; readonly reason: WarningReason; readonly start: number; readonly end: number };

/** Where a segment's sound comes from: it is made for this text, or was made before; `opener`: it is an opening that was asked for. */
export type SpeechSource = "engine" | "cache" | "opener";

/** Why a range is not heard as written. */
export type WarningReason = "segment-failed" | "audio-suspect" | "not-spoken" | "voice-substituted";

/** How a text is spoken. */
export interface SpeakOptions {
  /** A voice of the engine, as the engine calls it. */
  readonly voice: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** The place in a trace that the work belongs to. */
  readonly trace?: TraceContext;
  /** Where its first segment may end. Default: soft. */
  readonly opener?: OpenerMode | undefined;
  /** Whose text it is: what is made of it is at hand for others of the same tenant alone. Default: everybody's. */
  readonly tenant?: string | undefined;
  /** Another engine speaks on where this one cannot: it is given up as soon as the listener would wait for it. Default false. */
  readonly spare?: boolean;
  /** Nobody listens: it is made where no other work is held up by it. Default false. */
  readonly background?: boolean;
  /** Is told what its first audio waits for. Default: nobody is. */
  readonly waits?: Waits | undefined;
  /** Tells how far it is heard. Default: nobody does. */
  readonly playback?: Pick<Playback, "follow"> | undefined;
  /** No more is made of it, though perhaps not all is read: it takes no more of the engine. `whole`: because all is made. */
  readonly onMade?: (whole: boolean) => void;
}

/** Speaks texts of many sessions with one engine. */
export interface Speaker {
  /**
   * Speaks what is offered, while it is offered. Ends after the last segment; throws the EngineError that makes going on
   * useless, that of the last segment that failed if nothing at all could be spoken of what was to be, the source's error, or
   * the signal's reason. Left early, it drops what waits.
   */
  speak(offers: AsyncIterable<Offer>, options: SpeakOptions): AsyncGenerator<Speech>;
  /**
   * Throws the EngineError of a voice of which no worker lives, with how long to wait. One caller at a time is held up until the
   * workers have been asked once more, and goes on if one answers.
   */
  admit(): Promise<void>;
  /** Whether a worker lives, or one may be tried. */
  admits(): boolean;
  /** Something was heard of it: from then on it is known how long it may be silent before it is taken for hung. */
  readonly isKnown: boolean;
  /** Why a worker gets no work, or only what no other takes; undefined if it is well. */
  trouble(worker: number): string | undefined;
  /** Looks for no worker any more. */
  close(): void;
}
