import type { ClauseCache } from "../cache/clauses.ts";
import type { Role } from "../lanes/hand-over.ts";
import { createSegmenter } from "../text/segmenter/segmenter.ts";
import type { SpeakableClause } from "../text/speakable.ts";
import type { SpokenForm } from "../text/spoken/spoken.ts";
import { type Written, words } from "../text/words.ts";

/** A text to be spoken, with its voice and its tenant. */
export interface ToBeSpoken {
  /** The engine and the voice that will speak the beginning of the text. */
  readonly role: Role;
  /**
   * Makes a converter of the text to spoken words. `asWritten`: the engine itself converts numbers and symbols.
   */
  readonly spokenForm: (asWritten: boolean) => SpokenForm;
  /** The tenant that owns the text. */
  readonly tenant: string;
}

/**
 * How many seconds of speech are cached for `text`, a single clause with which a longer text may begin; `missing` if no
 * speech is cached. Undefined if `text` is not a single clause, or if its voice is not fixed.
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
