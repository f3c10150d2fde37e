import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { NotFoundError } from "../../common/errors/request-error.ts";
import type { Voice } from "../engines/engine.ts";
import type { Lane } from "./lane.ts";

/** A voice of one of several engines. */
export interface LaneVoice extends Voice {
  /** The voice's full name: `fish/emma`. */
  readonly name: string;
  /** The name of the voice's engine. */
  readonly engine: string;
}

/** The result of looking for a voice. */
export interface Found {
  readonly lane: Lane;
  /**
   * The engine's name for the voice; undefined if the engine's default voice was requested and the engine does not tell
   * which voice that is.
   */
  readonly voice: string | undefined;
  /** Why the voice's engine could not be asked about it; undefined if the engine has the voice. */
  readonly failure: EngineError | undefined;
}

/** The voices of all engines by name. */
export interface Directory {
  /** All voices, the default first. Engines that do not answer are left out; throws an EngineError if none answers. */
  list(): Promise<readonly LaneVoice[]>;
  /**
   * Finds a voice. A full name is looked up in the engine that it names; any other name in all engines, beginning with
   * the default engine. An empty name stands for the default voice. Throws NotFoundError, or an EngineError if an
   * engine that could not be asked may have the voice.
   */
  find(name: string): Promise<Found>;
}

/** How long to wait for an engine to list its voices, in milliseconds, if there are other engines. */
const patienceMs = 2000;

/** The full name of an engine's voice. */
export function fullName(engine: string, voice: string): string {
  return `${engine}/${voice}`;
}

/** Makes the directory of the voices of all lanes; the first lane's engine is the default. */
export function createDirectory(lanes: readonly [Lane, ...Lane[]], clock: Clock): Directory {
  async function soon<T>(answer: Promise<T>, { name }: Lane): Promise<T> {
    if (lanes.length === 1) return answer;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = clock.after(patienceMs, () =>
      reject(new EngineError("unreachable", `${name} does not list its voices`)),
    );
    try {
      return await Promise.race([answer, late]);
    } finally {
      cancel();
    }
  }

  /** Finds an engine's voice, in the cache or by asking the engine. If the engine cannot be asked, returns why not. */
  async function ask(lane: Lane, name: string): Promise<Found> {
    const known = lane.voices.remembered(name);
    if (known !== undefined) return { lane, voice: known.name, failure: undefined };
    try {
      if (!lane.speaker.admits()) await lane.speaker.admit();
      return { lane, voice: (await soon(lane.voices.find(name), lane)).name, failure: undefined };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { lane, voice: name === "" ? undefined : name, failure: error };
    }
  }

  async function findAnywhere(name: string): Promise<Found> {
    let failure: EngineError | undefined;
    for (const lane of lanes) {
      const found = await ask(lane, name).catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
      if (found !== undefined && found.failure === undefined) return found;
      failure ??= found?.failure;
    }
    throw failure ?? notFound();
  }

  return {
    async list() {
      const listings = await Promise.allSettled(
        lanes.map(async (lane) => (await soon(lane.voices.list(), lane)).map((voice) => toLaneVoice(lane, voice))),
      );
      const told = listings.filter((listing) => listing.status === "fulfilled");
      if (told.length === 0) throw (listings[0] as PromiseRejectedResult).reason;
      return told.flatMap(({ value }) => value);
    },
    async find(name) {
      const named = lanes.find((lane) => name.startsWith(fullName(lane.name, "")));
      if (named !== undefined) return ask(named, name.slice(fullName(named.name, "").length));
      return name === "" || lanes.length === 1 ? ask(lanes[0], name) : findAnywhere(name);
    },
  };
}

function toLaneVoice({ name: engine }: Lane, voice: Voice): LaneVoice {
  return { ...voice, name: fullName(engine, voice.name), engine };
}

function notFound(): NotFoundError {
  return new NotFoundError("voice: there is no voice of this name; ListVoices lists those that can be used");
}
