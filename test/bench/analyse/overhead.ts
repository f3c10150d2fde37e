import { cuesOf } from "../client/cues.ts";
import type { CellRun, EngineWork, TurnRecord } from "../record.ts";
import type { Reply } from "../replies.ts";
import type { Cell } from "../scenarios/scenario.ts";
import { matchWork } from "./match.ts";
import { type Spread, spread } from "./summary.ts";

/** What a side adds to what the engines take, in milliseconds. */
export interface Overhead {
  /** From the call to the question's arrival at the model. */
  readonly questionToModel: Spread;
  /** From a token's leaving the model to its arrival at the caller. */
  readonly textDelta: Spread;
  /**
   * From a piece of sound's leaving the voice to its arrival at the caller, where no sound before it was still on its
   * way.
   */
  readonly audioFrame: Spread;
  /**
   * From the token that let the first segment be cut to its first sound at the caller, less what the voice itself took.
   */
  readonly cutToSound: Spread;
  /** The part of it that passes before the voice has been asked. */
  readonly cutToVoice: Spread;
  /** Turns that these are of, and turns that are left out because not all of their work could be told. */
  readonly turns: number;
  readonly leftOut: number;
}

/** Compares what users saw with what the engines did, for turns that count and finished. */
export function measureOverhead(
  cell: Cell,
  run: Pick<CellRun, "turns" | "engineWork">,
  replies: readonly Reply[],
): Overhead {
  const { warmMs, untilMs } = cell.time;
  const byId = new Map(replies.map((reply) => [reply.id, reply]));
  const question: number[] = [];
  const texts: number[] = [];
  const frames: number[] = [];
  const cuts: number[] = [];
  const asks: number[] = [];
  let leftOut = 0;
  const matched = matchWork(run.turns, run.engineWork, cell);
  const counted = run.turns.filter(
    ({ end, intendedAtMs }) => end === "finished" && intendedAtMs >= warmMs && intendedAtMs < untilMs,
  );
  for (const turn of counted) {
    const { write, speak } = matched.get(turn) ?? { write: undefined, speak: [] };
    const reply = byId.get(turn.reply);
    const first = speak[0];
    const written = write === undefined ? undefined : textsOf(turn, write);
    if (write === undefined || reply === undefined || first === undefined || written === undefined) {
      leftOut++;
      continue;
    }
    question.push(write.receivedAtMs - turn.startedAtMs);
    texts.push(...written);
    frames.push(...framesOf(turn, speak));
    const cutAtMs = write.writtenAtMs[cutBy(turn, reply) - 1];
    const soundAtMs = turn.sounds[0]?.atMs;
    const [madeAtMs] = first.writtenAtMs;
    if (cutAtMs === undefined || soundAtMs === undefined || madeAtMs === undefined) continue;
    cuts.push(soundAtMs - cutAtMs - (madeAtMs - first.startedAtMs));
    asks.push(first.receivedAtMs - cutAtMs);
  }
  return {
    questionToModel: spread(question),
    textDelta: spread(texts),
    audioFrame: spread(frames),
    cutToSound: spread(cuts),
    cutToVoice: spread(asks),
    turns: counted.length - leftOut,
    leftOut,
  };
}

/**
 * How long each token was on its way; undefined if they did not come one by one. The relay hands on what stands around
 * the tokens, too.
 */
function textsOf({ textsAtMs }: TurnRecord, { writtenAtMs }: EngineWork): number[] | undefined {
  const before = textsAtMs.length > writtenAtMs.length ? 1 : 0;
  // The last token ends the text and may hold none.
  const count = Math.min(writtenAtMs.length, textsAtMs.length - before);
  if (count < writtenAtMs.length - 1) return undefined;
  return Array.from(
    { length: count },
    (_, index) => (textsAtMs[index + before] as number) - (writtenAtMs[index] as number),
  );
}

/** How long each piece of sound was on its way, or waited after the piece before it had come. */
function framesOf({ sounds }: TurnRecord, speak: readonly (EngineWork | undefined)[]): number[] {
  const late: number[] = [];
  let lastAtMs = Number.NEGATIVE_INFINITY;
  for (const [index, work] of speak.entries()) {
    const own = sounds.filter(({ segment }) => segment === index);
    // Where a request is spoken in several parts, which piece belongs to which is not known.
    if (work?.writtenAtMs.length === 1)
      for (const { atMs } of own) {
        late.push(atMs - Math.max(work.writtenAtMs[0] as number, lastAtMs));
        lastAtMs = atMs;
      }
    lastAtMs = own.at(-1)?.atMs ?? lastAtMs;
  }
  return late;
}

/** How many tokens it took until the turn's first segment could be cut: the last of its clauses decides. */
function cutBy({ segments }: TurnRecord, reply: Reply): number {
  const cues = cuesOf({ reply });
  const end = segments[0]?.writtenEnd;
  const cue = end === undefined ? cues[0] : cues.findLast((one) => one.writtenEnd <= end);
  return (cue ?? cues[0])?.afterToken ?? 0;
}
