import { questionId } from "../draw.ts";
import type { EngineWork, TurnRecord } from "../record.ts";
import type { Cell } from "../scenarios/scenario.ts";

/** What the engines did for one turn. */
export interface TurnWork {
  /** Undefined if the model was never asked. */
  readonly write: EngineWork | undefined;
  /** For each segment that the client was told of, in order; undefined where it is not known which request spoke it. */
  readonly speak: readonly (EngineWork | undefined)[];
}

/**
 * Finds what the engines did for a turn: the question holds the turn's number, and speech is told by its words and its
 * time. A request belongs to one segment.
 */
export function matchWork(
  turns: readonly TurnRecord[],
  work: readonly EngineWork[],
  cell: Cell,
): Map<TurnRecord, TurnWork> {
  const writes = new Map(work.filter(({ kind }) => kind === "write").map((one) => [one.text.split(" ", 1)[0], one]));
  const spoken = Map.groupBy(
    work.filter(({ kind }) => kind === "speak").toSorted((a, b) => a.receivedAtMs - b.receivedAtMs),
    ({ text }) => bare(text),
  );
  const taken = new Set<EngineWork>();
  return new Map(
    turns.map((turn) => {
      const speak = turn.segments.map(({ text }, index) => {
        const heardAtMs = turn.sounds.find(({ segment }) => segment === index)?.atMs ?? turn.endedAtMs;
        const one = spoken
          .get(bare(text))
          ?.find((one) => !taken.has(one) && one.receivedAtMs >= turn.startedAtMs && one.receivedAtMs <= heardAtMs);
        if (one !== undefined) taken.add(one);
        return one;
      });
      return [turn, { write: writes.get(questionId(cell, turn.user, turn.nth)), speak }];
    }),
  );
}

/** Sides may add a final mark; the words are the same. */
function bare(text: string): string {
  return text.replace(/[\p{P}\s]/gu, "");
}
