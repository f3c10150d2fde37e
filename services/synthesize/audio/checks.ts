/**
 * Properties that an engine declares of its speech, so that it is checked only for faults it can have. The speech of
 * every engine is checked for being empty, too short or too long for its text, too loud, or surrounded by silence.
 */
export interface Checks {
  /** Whether it converts floats to 16 bits without clipping, so that overflowing samples wrap around. */
  readonly wraps: boolean;
  /** Whether it generates sound autoregressively, and so may repeat itself endlessly. */
  readonly loops: boolean;
  /** The speed that it is asked to speak at, relative to normal. */
  readonly speed: number;
}
