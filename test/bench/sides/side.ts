import type { Model } from "./model.ts";
import type { Voices } from "./voices.ts";
import type { SideRequest } from "./wire.ts";

/** What a side stands before. */
export interface Tools {
  readonly model: Model;
  readonly voices: Voices;
}

/** Where a side sends what its caller is to see and hear; each call is a message of its own. */
export interface Out {
  text(piece: string | Uint8Array): void;
  /** What is heard from here on. */
  segment(words: string): void;
  sound(pcm: Buffer): void;
}

/**
 * One way to answer: resolves at the end of the turn, throws if it failed. The signal aborts when the caller leaves.
 */
export type Side = (request: SideRequest, out: Out, tools: Tools, signal: AbortSignal) => Promise<void>;
