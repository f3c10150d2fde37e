/**
 * What an engine declares of its speech, so that it is held to what it can get wrong. Whatever an engine is, its speech may be empty, too short or too
 * long for its text, too loud, or surrounded by silence: that is looked for in all of it.
 */
export interface Checks {
  /** It turns its floats into 16 bits without clipping them: what runs over one end stands at the other. */
  readonly wraps: boolean;
  /** It makes each sound from those before it, and may say the same again and again. */
  readonly loops: boolean;
  /** How many times as fast as usual it is asked to speak. */
  readonly speed: number;
}
