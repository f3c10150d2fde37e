import type { ClauseCache } from "../cache/clauses.ts";
import type { Role } from "../lanes/hand-over.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { SpokenForm } from "../text/spoken/spoken.ts";
import { type Written, words } from "../text/words.ts";

/** Who is to speak a text, and for whom. */
export interface ToBeSpoken {
  /** Who speaks first. */
  readonly role: Role;
  /** A spoken form at the beginning of the text. */
  readonly spokenForm: (asWritten: boolean) => SpokenForm;
  /** Whose text it is. */
  readonly tenant: string;
}

/**
 * How many seconds of speech are at hand for a text of one clause, at the beginning of another text. Undefined if it is no such text, or its voice
 * is not fixed.
 */
export async function secondsAtHand(
  text: string,
  { role, spokenForm, tenant, kept }: ToBeSpoken & { readonly kept: ClauseCache },
): Promise<number | "missing" | undefined> {
  const clause = await onlyClause(text, spokenForm(role.lane.asWritten));
  if (clause === undefined) return undefined;
  await kept.look([clause], [], { voice: role.voice, tenant, counted: false });
  const key = kept.keyOf([clause]);
  return key === undefined ? undefined : (kept.secondsOf(key) ?? "missing");
}

async function onlyClause(text: string, form: SpokenForm): Promise<SpeakableClause | undefined> {
  const clauses: SpeakableClause[] = [];
  for await (const offer of words(only({ text }), createSegmenter(), form)) clauses.push(...offer.clauses);
  return clauses.length === 1 ? clauses[0] : undefined;
}

async function* only(written: Written): AsyncGenerator<Written> {
  yield written;
}
