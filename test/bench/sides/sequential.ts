import type { Side } from "./side.ts";
import { wordsOf } from "./words.ts";

/**
 * The best of one after the other: text is shown as it is written; once it is whole, Fish-Speech 1.5 streams it in its
 * own parts.
 */
export const sequential: Side = async ({ question }, out, { model, voices }, signal) => {
  let reply = "";
  for await (const token of model.stream(question, signal)) {
    reply += token;
    out.text(token);
  }
  const spoken = await wordsOf(reply);
  out.segment(spoken);
  for await (const pcm of voices.speak(spoken, { streamed: true }, signal)) out.sound(pcm);
};
