import { joinClauses } from "../../../services/synthesize/text/join.ts";
import { createSegmenter } from "../../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../../services/synthesize/text/spoken/spoken.ts";
import { type Cut, cut, type Offer, word } from "../../../services/synthesize/text/words.ts";

/**
 * The clauses of a text that is being written, cut and worded as Duet does, so that sides differ in nothing but when
 * they are spoken. A clause is given once it is whole, as the sentence splitters of voice frameworks do: what follows
 * the mark must be seen.
 */
export async function* clausesOf(tokens: AsyncIterable<string>): AsyncGenerator<Offer> {
  yield* word(whole(cut(asWritten(tokens), createSegmenter())), createSpokenForm());
}

async function* whole(cuts: AsyncIterable<Cut>): AsyncGenerator<Cut> {
  for await (const one of cuts) yield { ...one, open: undefined };
}

/** The words of a whole text, as Duet would speak them. */
export async function wordsOf(text: string): Promise<string> {
  const offers = await Array.fromAsync(clausesOf(one(text)));
  return joinClauses(offers.flatMap(({ clauses }) => clauses)).spoken;
}

async function* asWritten(tokens: AsyncIterable<string>): AsyncGenerator<{ text: string }> {
  for await (const text of tokens) yield { text };
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}
