import { EngineError } from "../../common/errors/engine-error.ts";

/** What a server is, found out by asking it once. */
export interface Learning<Known> {
  /** What the server is; undefined until it has answered. */
  readonly known: Known | undefined;
  /**
   * Asks the server unless the answer is known or on its way. Throws the EngineError of `ask`, EngineError
   * `unreachable` for any other error, or the signal's reason.
   */
  learn(signal: AbortSignal): Promise<Known>;
  /** Forgets the answer, so that it is asked for again next time: another server may have taken this one's place. */
  forget(): void;
}

/** Makes a Learning that calls `ask`. `unreachable`: the message of the error if the server does not answer. */
export function createLearning<Known>(ask: () => Promise<Known>, unreachable: string): Learning<Known> {
  let known: Known | undefined;
  let learning: Promise<Known> | undefined;
  return {
    get known() {
      return known;
    },
    async learn(signal) {
      if (known !== undefined) return known;
      learning ??= ask()
        .then((found) => {
          known = found;
          return found;
        })
        .finally(() => {
          learning = undefined;
        });
      try {
        return await learning;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof EngineError) throw error;
        throw new EngineError("unreachable", unreachable, { cause: error });
      }
    },
    forget() {
      known = undefined;
    },
  };
}
