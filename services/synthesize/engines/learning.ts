import { EngineError } from "../../common/errors/engine-error.ts";

/** What is learnt of a server by asking it, once. */
export interface Learning<Known> {
  /** Undefined before it was reached. */
  readonly known: Known | undefined;
  /** Asks, unless it is known or being asked. Throws what `ask` does, EngineError `unreachable` for anything else, or the signal's reason. */
  learn(signal: AbortSignal): Promise<Known>;
  /** Another server may have come up in its place: it is asked anew. */
  forget(): void;
}

/** Makes it. `unreachable`: what is said of a server that does not answer. */
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
