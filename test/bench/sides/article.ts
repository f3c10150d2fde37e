import type { Side } from "./side.ts";
import { wordsOf } from "./words.ts";

/**
 * As the seed article's service works: the whole reply, then its whole file, and nothing before both are there. How
 * many turns of it run at once is the server's affair: one where its blocking calls stand in an async handler, as many
 * as it has threads where they do not.
 */
export const article: Side = async ({ question }, out, { model, voices }, signal) => {
  const reply = await model.answer(question, signal);
  const spoken = await wordsOf(reply);
  const file = await Array.fromAsync(voices.speak(spoken, { streamed: false }, signal));
  out.text(reply);
  out.segment(spoken);
  for (const pcm of file) out.sound(pcm);
};
