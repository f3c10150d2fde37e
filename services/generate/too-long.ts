import { InvalidRequestError } from "../common/errors/request-error.ts";

/** What a server said about its context when it refused a conversation; undefined where it did not say. */
export interface ContextTold {
  /** The maximum of prompt and answer tokens together. */
  readonly limit: number | undefined;
  /** The tokens of the refused prompt, by the server's own count. */
  readonly promptTokens: number | undefined;
}

/** A conversation is longer than the model's context. A caller that may shorten it can retry. */
export class TooLongError extends InvalidRequestError {
  override name = "TooLongError";
  readonly told: ContextTold;

  constructor(told: ContextTold, words: string) {
    super({ field: "messages", description: `more than the model's context holds${words}: send less` });
    this.told = told;
  }
}
