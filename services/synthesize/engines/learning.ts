import { EngineError } from "../../common/errors/engine-error.ts";

/** What is known about a server: its answer to a query, which is sent once and whose answer is cached. */
export interface Learning<Known> {
  /** The server's cached answer; undefined until it has answered. */
  readonly known: Known | undefined;
  /**
   * Returns the server's answer; sends the query only if the answer is neither cached nor on its way. Throws the
   * EngineError of `ask`, EngineError `unreachable` for any other error, or the signal's reason.
   */
  learn(signal: AbortSignal): Promise<Known>;
  /** Forgets what the server is, so that it is asked again next time: another server may have taken its place. */
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
