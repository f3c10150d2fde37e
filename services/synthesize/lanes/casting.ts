import type { Clock } from "../../../infra/clock/clock.ts";
import type { Log } from "../../../infra/log/log.ts";
import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { NotFoundError } from "../../common/errors/request-error.ts";
import type { SynthesizeMetrics } from "../report/metrics.ts";
import type { OpenerMode } from "../schedule/sizes/opener.ts";
import type { Playback } from "../speak/playback.ts";
import type { Speech } from "../speak/speech.ts";
import type { Waits } from "../speak/waits.ts";
import type { SpokenForm } from "../text/spoken/spoken.ts";
import type { Cut } from "../text/words.ts";
import { createDirectory, type Directory, type Found, fullName } from "./directory.ts";
import { perform, type Role } from "./hand-over.ts";
import type { Lane } from "./lane.ts";

/** The engine and the voice that speak a text, chosen before there is any text. */
export interface Cast {
  /** The full name of the voice. */
  readonly voice: string;
  /** The sample rate of all audio, even if a substitute speaks: that of the requested voice's engine. */
  readonly sampleRateHertz: number;
  /** The engine and the voice that begin to speak. */
  readonly first: Role;
  /** Where the first segment of the text may end, unless the caller decides. */
  readonly opener: OpenerMode;
  /**
   * Speaks the text; see Speaker. If the engine fails, another one continues, provided that the operator has named a
   * substitute.
   */
  speak(cuts: AsyncIterable<Cut>, options: CastOptions): AsyncGenerator<Speech>;
}

/** Options for speaking one text with a cast (an engine and a voice). */
export interface CastOptions {
  /**
   * Creates the converter of the text to its spoken form; `asWritten`: the engine itself converts numbers and symbols
   * to words.
   */
  readonly spokenForm: (asWritten: boolean) => SpokenForm;
  readonly signal: AbortSignal;
  readonly trace?: TraceContext;
  /** The tenant that owns the text, and whether nobody is listening; see SpeakOptions. */
  readonly tenant?: string | undefined;
  readonly background?: boolean;
  /** Where the text's first segment may end. Default: the cast's value. */
  readonly opener?: OpenerMode;
  /** Records what the text's first audio waits for. Default: not recorded. */
  readonly waits?: Waits;
  /** Tells how far playback has got. Default: unknown. */
  readonly playback?: Pick<Playback, "follow">;
  /** Called when all speech has been made, even if it has not all been read. */
  readonly onMade?: () => void;
}

/** Chooses the engine and the voice that speak a text. */
export interface Casting extends Pick<Directory, "list"> {
  /** Where a first segment may end with the first engine's voices; a caller may choose otherwise. */
  readonly opener: OpenerMode;
  /**
   * Finds a voice by name, and chooses the engine that begins to speak: the voice's own or, if that engine cannot
   * speak, a substitute's. Throws NotFoundError, or the EngineError of the voice's own engine if no engine can speak.
   */
  cast(name: string): Promise<Cast>;
}

/** Options of createCasting. */
export interface CastingOptions {
  /** The lanes of all engines; the first one is that of the default engine. */
  readonly lanes: readonly [Lane, ...Lane[]];
  /** Substitutes of voices, by full names; an engine's name stands for all its voices. Default: none. */
  readonly substitutes?: Readonly<Record<string, string>>;
  readonly metrics: Pick<SynthesizeMetrics, "handedOver">;
  readonly log: Log;
  readonly clock: Clock;
}

/** Makes a casting, which chooses among the voices of all lanes. */
export function createCasting({ lanes, substitutes = {}, metrics, log, clock }: CastingOptions): Casting {
  const directory = createDirectory(lanes, clock);

  /**
   * A voice's substitute, the substitute's own substitute, and so on; the chain ends before any engine that it already
   * contains.
   */
  function substitutesOf({ lane, voice }: Found): Role[] {
    const roles: Role[] = [];
    const seen = new Set([lane.name]);
    let name = (voice && substitutes[fullName(lane.name, voice)]) ?? substitutes[lane.name];
    while (name !== undefined) {
      const engine = name.split("/", 1)[0] as string;
      const next = lanes.find((other) => other.name === engine);
      if (next === undefined || seen.has(engine)) break;
      seen.add(engine);
      roles.push({ lane: next, voice: name.slice(engine.length + 1), name });
      name = substitutes[name] ?? substitutes[engine];
    }
    return roles;
  }

  /** The first of a voice's substitutes (each an engine with a voice) that can speak; undefined if none can. */
  async function firstOf(roles: readonly Role[]): Promise<Role | undefined> {
    for (const role of roles)
      try {
        if (!(await role.lane.answers())) continue;
        const { failure } = await directory.find(role.name);
        if (failure === undefined) return role;
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        log.error({ voice: role.name }, `${role.name} is set as a substitute, but there is no such voice`);
      }
    return undefined;
  }

  function handedOver(from: Lane, { name, lane }: Role, why: string): void {
    metrics.handedOver(from.name, lane.name);
    log.warn({ engine: from.name, substitute: name }, `${name} substitutes for a voice of ${from.name}: ${why}`);
  }

  function castOf(found: Found, all: readonly Role[], first: Role): Cast {
    const { lane, voice } = found;
    const admitted = voice === undefined ? first.name : fullName(lane.name, voice);
    const { sampleRateHertz } = lane;
    return {
      voice: admitted,
      sampleRateHertz,
      first,
      opener: first.lane.opener,
      speak: (cuts, options) =>
        perform(cuts, {
          opener: first.lane.opener,
          ...options,
          first,
          admitted,
          sampleRateHertz,
          isLast: (role) => all.at(-1) === role,
          nextOf: (role) => firstOf(all.slice(all.indexOf(role) + 1)),
          handedOver: (from, to, why) => handedOver(from.lane, to, why.message),
        }),
    };
  }

  return {
    list: directory.list,
    opener: lanes[0].opener,
    async cast(name) {
      const found = await directory.find(name);
      const { lane, voice = "", failure } = found;
      const others = substitutesOf(found);
      const isAway = failure !== undefined || !lane.speaker.admits();
      if (isAway || (others.length > 0 && !(await lane.answers()))) {
        const substitute = await firstOf(others);
        if (substitute !== undefined) {
          handedOver(lane, substitute, failure?.message ?? "none of the engine's servers responds");
          return castOf(found, others, substitute);
        }
        if (failure !== undefined) throw failure;
      }
      await lane.speaker.admit();
      const own: Role = { lane, voice, name: fullName(lane.name, voice) };
      return castOf(found, [own, ...others], own);
    },
  };
}
