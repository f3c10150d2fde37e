/** Options of createHider. */
export interface HiderOptions {
  /** Whether the chat template has opened a thought, so that the answer begins in the middle of it. */
  readonly opened: boolean;
  /**
   * Whether the model writes in the channels of OpenAI's harmony format, whose markers a server may have dropped.
   * Default: no.
   */
  readonly channels?: boolean;
  /** Whether bare JSON that looks like a tool call is hidden; false if JSON was requested. */
  readonly json: boolean;
}

/** Removes everything that is not part of the answer, such as thoughts, from the text that a model writes. */
export interface Hider {
  /** Processes more text; returns the text that can be shown now. */
  take(text: string): string;
  /** Ends the text; returns what was held back. `whole`: the model ended the answer, so it was not cut off. */
  end(whole: boolean): string;
  /**
   * Tells the hider that the server removes thoughts itself, so that any text that was taken for a thought belongs to
   * the answer. Returns that text.
   */
  release(): string;
  /** Whether the text so far ends within a thought. */
  readonly thinking: boolean;
  /** How many pieces of a thought have arrived: grows while the model thinks. */
  readonly thoughts: number;
  /**
   * Whether something other than a thought was removed: a tool call, or a further turn of the conversation that the
   * model made up.
   */
  readonly leftOut: boolean;
  /** Whether the closing mark of a thought was found without an opening one. */
  readonly unopened: boolean;
  /** Whether an expected thought never ended, so that it was taken for the answer and returned by `end`. */
  readonly neverThought: boolean;
}
