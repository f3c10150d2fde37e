/**
 * Properties that an engine declares of its speech, so that it is checked only for faults it can have. The speech of
 * every engine is checked for being empty, too short or too long for its text, too loud, or surrounded by silence.
 */
export interface Checks {
  /** Whether the engine converts floats to 16 bits without clipping, so that overflowing samples wrap around. */
  readonly wraps: boolean;
  /** Whether the engine generates sound autoregressively, so that it may repeat itself endlessly. */
  readonly loops: boolean;
  /** The speed at which the engine is asked to speak, relative to normal. */
  readonly speed: number;
}
