import type { Clock } from "../../../infra/clock/clock.ts";
import { createWatchdog } from "../../common/engine/watchdog.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { NotFoundError } from "../../common/errors/request-error.ts";
import type { Engine, Voice } from "./engine.ts";

/** A cache of the engine's voices: an engine that handles one request at a time cannot list them while it speaks. */
export interface Voices {
  /** The cached voice called `name`, or the default voice for an empty name; undefined if it is not cached. */
  remembered(name: string): Voice | undefined;
  /** All voices, the default first. Throws EngineError if they are not cached and cannot be read. */
  list(): Promise<readonly Voice[]>;
  /**
   * The voice called `name`, or the default voice for an empty name. Throws NotFoundError for an unknown name, for
   * which an engine would pick just any voice.
   */
  find(name: string): Promise<Voice>;
}

/** If a voice is not found, the engine's list is read again, but at most once in this many milliseconds. */
const refreshMs = 5000;
/** The time limit for listing voices, in milliseconds. */
const timeoutMs = 10_000;

/** Makes the cache of an engine's voices. */
export function createVoices(engine: Engine, clock: Clock): Voices {
  let known: readonly Voice[] | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<readonly Voice[]> | undefined;

  function ask(): Promise<readonly Voice[]> {
    if (asking !== undefined) return asking;
    const watchdog = createWatchdog(clock);
    watchdog.expect(timeoutMs, () => {
      return new EngineError("unreachable", `the engine did not list its voices within ${timeoutMs / 1000} s`);
    });
    asking = engine
      .voices(watchdog.signal)
      .then((voices) => {
        askedAt = clock.now();
        known = voices;
        return voices;
      })
      .finally(() => {
        watchdog.rest();
        asking = undefined;
      });
    return asking;
  }

  const pick = (voices: readonly Voice[], name: string) =>
    name === "" ? voices[0] : voices.find((voice) => voice.name === name);

  return {
    remembered: (name) => known && pick(known, name),
    list: async () => known ?? (await ask()),
    async find(name) {
      const found = pick(known ?? (await ask()), name);
      if (found !== undefined) return found;
      const stale = clock.now() - askedAt >= refreshMs;
      const foundNow = stale ? pick(await ask(), name) : undefined;
      if (foundNow === undefined)
        throw new NotFoundError("voice: there is no voice of this name; ListVoices lists those that can be used");
      return foundNow;
    },
  };
}
