import { InvalidRequestError } from "../common/errors/request-error.ts";

/** What a server told of its context when it refused a conversation; each undefined if it did not tell. */
export interface ContextTold {
  /** Tokens of prompt and answer together. */
  readonly limit: number | undefined;
  /** Tokens of the prompt that it refused, by its own count. */
  readonly promptTokens: number | undefined;
}

/** A conversation is longer than the model's context. Who may leave out some of it asks again. */
export class TooLongError extends InvalidRequestError {
  override name = "TooLongError";
  readonly told: ContextTold;

  constructor(told: ContextTold, words: string) {
    super({ field: "messages", description: `more than the model's context holds${words}: send less` });
    this.told = told;
  }
}
