import type { Work } from "../segment.ts";
import type { Border, BorderKind, Unfinished } from "./border.ts";

/** A position in the text at which the next segment of a session may end. */
export interface End {
  readonly kind: BorderKind;
  /** The number of complete clauses in the segment. */
  readonly whole: number;
  /**
   * Undefined if the segment ends with a whole clause. Otherwise the segment also takes the beginning of the next
   * clause, complete or unfinished; this is the index, in that clause, of the border where the segment ends.
   */
  readonly border: number | undefined;
  /** The estimated duration of the segment's speech. */
  readonly seconds: number;
}

/**
 * The possible ends of the next segment, in order: those in the first `mostClauses` complete clauses. If there are no
 * more complete clauses than that, those in the unfinished clause follow.
 */
export function endsOf<W extends Work>(
  { pending, open }: { readonly pending: readonly W[]; readonly open: Unfinished<W> | undefined },
  mostClauses: number,
): readonly End[] {
  const ends: End[] = [];
  let before = 0;
  const add = (whole: number, borders: readonly Border[]) => {
    for (const [border, { kind, seconds }] of borders.entries())
      ends.push({ kind, whole, border, seconds: before + seconds });
  };
  for (const [whole, clause] of pending.slice(0, mostClauses).entries()) {
    add(whole, clause.borders ?? none);
    before += clause.seconds;
    ends.push({ kind: clause.ends ?? "mark", whole: whole + 1, border: undefined, seconds: before });
  }
  if (open !== undefined && mostClauses >= pending.length) add(pending.length, open.borders);
  return ends;
}

const none: readonly Border[] = [];
