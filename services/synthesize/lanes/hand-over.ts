/**
 * How a text goes on where its engine cannot. Each engine has a schedule of its own, which knows nothing of another's: they share no
 * worker, and the pace, the opener and the work of one say nothing about the other. So a text is never in two of them. It is spoken by
 * one until that one gives it up; then whoever comes next reads the same text from the beginning, leaves out what was heard to the end
 * of a segment, and speaks the rest. What was heard in part is not said twice.
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

/** Who may speak a text. */
export interface Role {
  readonly lane: Lane;
  /** The voice, as its engine calls it. */
  readonly voice: string;
  /** The same in full: `fish/emma`. */
  readonly name: string;
}

/** How a text is spoken. */
export interface PerformOptions {
  /** Who begins. */
  readonly first: Role;
  /** The voice that was admitted, in full: another one is told as its substitute. */
  readonly admitted: string;
  /** Of all audio. */
  readonly sampleRateHertz: number;
  /** A spoken form at the beginning of the text. */
  readonly spokenForm: (asWritten: boolean) => SpokenForm;
  readonly signal: AbortSignal;
  readonly trace?: TraceContext;
  /** Whose text it is, and whether somebody listens; see SpeakOptions. */
  readonly tenant?: string | undefined;
  readonly background?: boolean;
  /** Where its first segment may end. */
  readonly opener: OpenerMode;
  /** Is told what its first audio waits for. */
  readonly waits?: Waits | undefined;
  /** Tells how far it is heard. */
  readonly playback?: Pick<Playback, "follow"> | undefined;
  /** All of it is made; see SpeakOptions. */
  readonly onMade?: () => void;
  /** Whether nobody is to speak on after one of the roles. */
  readonly isLast: (role: Role) => boolean;
  /** Finds who speaks on after one of the roles; undefined if nobody can. */
  readonly nextOf: (role: Role) => Promise<Role | undefined>;
  /** One speaks on for another. */
  readonly handedOver: (from: Role, to: Role, why: Error) => void;
}

/** Why a text is not spoken to its end by one, and who speaks on. */
interface HandOver {
  readonly why: Error;
  readonly to: Role;
}

/** How far a text is heard. */
interface Progress {
  /** Segments that are heard to their ends. */
  segments: number;
  /** Where the last of them ends in the written text. */
  upTo: number;
  /** Clauses that were told as not spoken. */
  omitted: number;
}

/** Segments in a row that break off after which their engine is taken for broken: one may be the end of one of several workers. */
const mostBroken = 2;

/** Speaks a text, by one after the other if need be. Throws what the last of them threw. */
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

/** Has one engine speak what is not heard yet. Returns undefined once all is spoken. Throws what nobody can speak on after. */
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
  /** The segment that is not told before its sound is there: another voice may have to speak it. */
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
            // Of it nothing was heard: it is whole for whoever comes next.
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
  return new EngineError("broken", `the engine of ${name} does not speak its segments to their ends`);
}

/** What is offered without what was heard, or told, already. */
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
