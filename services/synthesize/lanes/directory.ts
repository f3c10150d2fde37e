import type { Clock } from "../../../infra/clock/clock.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import { NotFoundError } from "../../common/errors/request-error.ts";
import type { Voice } from "../engines/engine.ts";
import type { Lane } from "./lane.ts";

/** A voice of one of several engines. */
export interface LaneVoice extends Voice {
  /** In full: `fish/emma`. */
  readonly name: string;
  /** Its engine. */
  readonly engine: string;
}

/** A voice that somebody asked for, as far as it could be found. */
export interface Found {
  readonly lane: Lane;
  /** As its engine calls it; undefined if the engine's default was asked for, and it does not tell which that is. */
  readonly voice: string | undefined;
  /** Why its engine could not be asked whether it has that voice; undefined if it has it. */
  readonly failure: EngineError | undefined;
}

/** The voices of all engines by their names. */
export interface Directory {
  /** All of them, the default first. Those of an engine that does not tell are left out; throws its EngineError if none tells. */
  list(): Promise<readonly LaneVoice[]>;
  /**
   * Finds a voice: by its full name in the engine that it names, else in all, the default engine first; the default for an empty name.
   * Throws NotFoundError; an EngineError if an engine that could not be asked may have it.
   */
  find(name: string): Promise<Found>;
}

/** An engine that does not list its voices within this is not waited for, where there are others. */
const patienceMs = 2000;

/** The name of an engine's voice among those of all engines. */
export function fullName(engine: string, voice: string): string {
  return `${engine}/${voice}`;
}

/** Makes it; the first engine is the default one. */
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

  /** Asks an engine; not one of which no worker lives. */
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
  return new NotFoundError("voice: there is none of this name; ListVoices names those there are");
}
