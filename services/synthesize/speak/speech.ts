import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import type { OpenerMode } from "../schedule/sizes/opener.ts";
import type { Segment } from "../text/join.ts";
import type { Offer } from "../text/words.ts";
import type { Playback } from "./playback.ts";
import type { Waits } from "./waits.ts";

/**
 * The maximum size of an audio event: 0.37 s at 44.1 kHz; the cost of a message hardly depends on its size. With all
 * its framing, on any transport, it must stay below 32 KiB: protobuf writers double their buffer, and one byte more
 * would make it 64 KiB.
 */
export const pieceBytes = 32 * 1024 - 512;

/** An event of speech. Segments come in order, each complete before the next begins. */
export type Speech =
  /** The segment begins; `voice` is the full name of the voice that speaks it: `fish/emma`. */
  | {
      readonly kind: "segment";
      readonly index: number;
      readonly segment: Segment;
      readonly voice: string;
      readonly source: SpeechSource;
    }
  /**
   * Audio of the segment. `offset`: its position in the segment, in sample frames. `pcm`: s16le, at most `pieceBytes`.
   */
  | { readonly kind: "audio"; readonly index: number; readonly offset: number; readonly pcm: Uint8Array }
  | { readonly kind: "done"; readonly index: number; readonly sampleCount: number; readonly engineMs: number }
  /** A range of the written text is not heard as written. */
  | { readonly kind: "warning"; readonly reason: WarningReason; readonly start: number; readonly end: number };

/**
 * Where a segment's audio comes from: the engine made it for this text (`engine`), or it is cached (`cache`), or it is
 * cached speech of the opening with which the writer was asked to begin (`opener`).
 */
export type SpeechSource = "engine" | "cache" | "opener";

/** Why a range of the text is not heard as written. */
export type WarningReason = "segment-failed" | "audio-suspect" | "not-spoken" | "voice-substituted";

/** Options for speaking one text. */
export interface SpeakOptions {
  /** The engine's name for the voice. */
  readonly voice: string;
  /** Aborting this signal ends the speech. */
  readonly signal: AbortSignal;
  /** The trace context in which the work for this text is traced. */
  readonly trace?: TraceContext;
  /** Where the text's first segment may end. Default: soft. */
  readonly opener?: OpenerMode | undefined;
  /** The tenant that owns the text: its speech is reused only for this tenant. Default: reused for all tenants. */
  readonly tenant?: string | undefined;
  /**
   * Whether another engine can take over. If so, this one gives up as soon as the listener would have to wait for its
   * speech. Default false.
   */
  readonly spare?: boolean;
  /** Whether nobody is listening: speech is then made only when this delays no other work. Default false. */
  readonly background?: boolean;
  /** Records what the text's first audio waits for. Default: not recorded. */
  readonly waits?: Waits | undefined;
  /** Tells how far the text has been heard. Default: unknown. */
  readonly playback?: Pick<Playback, "follow"> | undefined;
  /**
   * Called when no more speech of the text will be made, so that the text no longer needs the engine, even if some of
   * its audio has not been read. `whole`: whether the speech of the whole text was made.
   */
  readonly onMade?: (whole: boolean) => void;
}

/** Speaks the texts of many sessions with one engine. */
export interface Speaker {
  /**
   * Speaks what `offers` contains as it arrives. Ends after the last segment. Throws one of these: an EngineError that
   * makes continuing useless; the error of the last failed segment, if nothing at all could be spoken; the error of
   * `offers`; the signal's reason. If the caller stops reading early, waiting work is dropped.
   */
  speak(offers: AsyncIterable<Offer>, options: SpeakOptions): AsyncGenerator<Speech>;
  /**
   * Throws an EngineError with a retry delay if no worker is alive. But one caller at a time first waits until the
   * workers have been probed once more; for that caller nothing is thrown if a worker responds.
   */
  admit(): Promise<void>;
  /** Whether a worker is alive, or may be tried. */
  admits(): boolean;
  /** Whether the engine has ever sent audio. Before that, its speed is unknown, and also how long it may be silent. */
  readonly isKnown: boolean;
  /** Why a worker gets no work, or only work that no other worker accepts; undefined if it is well. */
  trouble(worker: number): string | undefined;
  /** Stops probing workers. */
  close(): void;
}
