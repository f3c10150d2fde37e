/**
 * How a text continues when its engine fails. Each engine has its own schedule, which knows nothing of the others: the
 * engines share no workers, and the pace and load of one engine say nothing about another. So a text is never in two
 * schedules at once. One engine speaks the text until that engine gives up; the next engine then reads the same text
 * from the beginning, skips the segments that were heard, even if only in part, and speaks the rest.
 */

import type { TraceContext } from "../../../infra/telemetry/tracer.ts";
import { EngineError } from "../../common/errors/engine-error.ts";
import type { OpenerMode } from "../schedule/sizes/opener.ts";
import type { Heard, Playback } from "../speak/playback.ts";
import type { Speech } from "../speak/speech.ts";
import type { Waits } from "../speak/waits.ts";
import { after } from "../text/speakable.ts";
import type { SpokenForm } from "../text/spoken/spoken.ts";
import { type Cut, type Offer, word } from "../text/words.ts";
import { inRate } from "./in-rate.ts";
import type { Lane } from "./lane.ts";
import { createScript, type Script } from "./script.ts";

/** An engine and a voice that may speak a text. */
export interface Role {
  readonly lane: Lane;
  /** The engine's name for the voice. */
  readonly voice: string;
  /** The voice's full name: `fish/emma`. */
  readonly name: string;
}

/** Options for speaking one text. */
export interface PerformOptions {
  /** The engine and the voice that begin to speak. */
  readonly first: Role;
  /** The full name of the voice for which the text was admitted; any other voice is reported as its substitute. */
  readonly admitted: string;
  /** The sample rate of all audio. */
  readonly sampleRateHertz: number;
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
  /** Where the text's first segment may end. */
  readonly opener: OpenerMode;
  /** Records what the text's first audio waits for. */
  readonly waits?: Waits | undefined;
  /** Tells how far playback has got. */
  readonly playback?: Pick<Playback, "follow"> | undefined;
  /** Called when all speech has been made; see SpeakOptions. */
  readonly onMade?: () => void;
  /** Whether a role (an engine and a voice) is the last, so that no other role can take over if it fails. */
  readonly isLast: (role: Role) => boolean;
  /** Finds the role (engine and voice) that takes over when another role's engine has failed; undefined if none can. */
  readonly nextOf: (role: Role) => Promise<Role | undefined>;
  /** Called when one role (an engine and a voice) takes over from another because of the error `why`. */
  readonly handedOver: (from: Role, to: Role, why: Error) => void;
}

/** Why an engine did not speak a text to its end, and which engine and voice continue. */
interface HandOver {
  readonly why: Error;
  readonly to: Role;
}

/** How far a text has been heard. */
interface Progress {
  /** The number of segments heard to their ends. */
  segments: number;
  /** The offset in the written text up to which the segments were heard to their ends. */
  upTo: number;
  /** The number of clauses that were reported as not spoken. */
  omitted: number;
}

/**
 * After this many incomplete segments in a row, the engine counts as broken. A single incomplete segment may only mean
 * that one of several workers has failed.
 */
const mostBroken = 2;

/** Speaks a text. If an engine fails, another one continues; if all fail, throws the error of the last one. */
export async function* perform(cuts: AsyncIterable<Cut>, options: PerformOptions): AsyncGenerator<Speech> {
  const script = createScript(cuts);
  const progress: Progress = { segments: 0, upTo: 0, omitted: 0 };
  let role = options.first;
  try {
    for (;;) {
      const handOver = yield* play(role, script, progress, options);
      if (handOver === undefined) return;
      options.handedOver(role, handOver.to, handOver.why);
      role = handOver.to;
    }
  } finally {
    script.close();
  }
}

/**
 * Has one engine speak what has not been heard yet. Returns undefined once everything is spoken, or else how another
 * engine is to continue. Throws an error if none can continue.
 */
async function* play(
  role: Role,
  script: Script,
  progress: Progress,
  options: PerformOptions,
): AsyncGenerator<Speech, HandOver | undefined> {
  const { lane, voice, name } = role;
  const { admitted, sampleRateHertz, signal, trace, tenant, opener, background = false, waits, playback } = options;
  const spare = !options.isLast(role);
  const offers = unheard(word(script.read(), options.spokenForm(lane.asWritten)), { ...progress });
  const onMade = (whole: boolean) => {
    if (whole || !spare) options.onMade?.();
  };
  const before = progress.segments;
  const heard = playback && { follow: (told: (heard: Heard) => void) => playback.follow(told, before) };
  const whose = { tenant, opener, background, waits, playback: heard, ...(trace && { trace }) };
  const own = lane.speaker.speak(offers, { voice, signal, spare, onMade, ...whose });
  const speeches = lane.sampleRateHertz === sampleRateHertz ? own : inRate(own, lane.sampleRateHertz, sampleRateHertz);
  /** A segment that is announced only once it has audio: until then another voice may have to speak it. */
  let held: (Speech & { kind: "segment" }) | undefined;
  let end = progress.upTo;
  let isTold = name === admitted;
  let broken = 0;
  let isBroken = false;

  async function after(why: Error): Promise<HandOver | undefined> {
    const to = spare ? await options.nextOf(role) : undefined;
    return to && { why, to };
  }

  function* release(): Generator<Speech> {
    if (held === undefined) return;
    const { start, end } = held.segment;
    if (!isTold) yield { kind: "warning", reason: "voice-substituted", start, end };
    isTold = true;
    yield held;
    held = undefined;
  }

  try {
    for await (const speech of speeches) {
      switch (speech.kind) {
        case "segment":
          held = { ...speech, index: before + speech.index };
          end = speech.segment.end;
          isBroken = false;
          if (!spare) yield* release();
          break;
        case "audio":
          yield* release();
          yield { ...speech, index: before + speech.index };
          break;
        case "warning":
          if (speech.reason === "not-spoken") progress.omitted++;
          if (speech.reason === "segment-failed") {
            isBroken = true;
            // Nothing of this segment was heard, so the next engine can speak it in full.
            const handOver = held && (await after(unspoken(name)));
            if (handOver !== undefined) return handOver;
          }
          yield* release();
          yield speech;
          break;
        case "done":
          yield* release();
          yield { ...speech, index: before + speech.index };
          progress.segments++;
          progress.upTo = end;
          broken = isBroken ? broken + 1 : 0;
          if (broken >= mostBroken) {
            const handOver = await after(unspoken(name));
            if (handOver !== undefined) return handOver;
          }
      }
    }
    return undefined;
  } catch (error) {
    const handOver = error instanceof EngineError && !signal.aborted ? await after(error) : undefined;
    if (handOver === undefined) throw error;
    return handOver;
  }
}

function unspoken(name: string): EngineError {
  return new EngineError("broken", `the engine of the voice ${name} does not finish its segments`);
}

/** Passes offers on, without text that was already heard, and without clauses already reported as not spoken. */
async function* unheard(offers: AsyncIterable<Offer>, { upTo, omitted }: Progress): AsyncGenerator<Offer> {
  let told = omitted;
  for await (const offer of offers) {
    const untold = offer.omitted.slice(told);
    told = Math.max(0, told - offer.omitted.length);
    yield {
      clauses: after(offer.clauses, upTo),
      omitted: untold,
      open: offer.open && { ...offer.open, from: Math.max(upTo, offer.open.start) },
      flush: offer.flush,
    };
  }
}
