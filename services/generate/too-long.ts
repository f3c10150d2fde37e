import { InvalidRequestError } from "../common/errors/request-error.ts";

/**
 * What a server said about its context window when it refused a conversation; a field is undefined if the server did
 * not say.
 */
export interface ContextTold {
  /** The maximum of prompt and answer tokens together. */
  readonly limit: number | undefined;
  /** The tokens of the refused prompt, by the server's own count. */
  readonly promptTokens: number | undefined;
}

/** A conversation is too long for the model's context window. A layer that may shorten the conversation can retry. */
export class TooLongError extends InvalidRequestError {
  override name = "TooLongError";
  readonly told: ContextTold;

  constructor(told: ContextTold, words: string) {
    super({ field: "messages", description: `is more than fits in the model's context${words}: send less` });
    this.told = told;
  }
}
