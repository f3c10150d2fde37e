import { tokenize } from "../../../infra/twins/vllm/batch/tokens.ts";
import { createSegmenter } from "../../../services/synthesize/text/segmenter/segmenter.ts";
import { createSpokenForm } from "../../../services/synthesize/text/spoken/spoken.ts";
import type { PlannedTurn } from "../draw.ts";
import type { Cue } from "../sides/wire.ts";

/**
 * What the relay is to speak of a reply, and when: the clauses that Duet would cut, each after the token that let it be
 * cut.
 */
export function cuesOf({ reply }: Pick<PlannedTurn, "reply">): Cue[] {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm();
  const cues: Cue[] = [];
  const tokens = tokenize(reply.text);
  const add = (clauses: ReturnType<typeof segmenter.push>, afterToken: number) => {
    for (const clause of clauses) {
      const words = spokenForm.speak(clause).spoken;
      if (/[\p{L}\p{N}]/u.test(words)) cues.push({ afterToken, words, writtenEnd: clause.end });
    }
  };
  for (const [index, token] of tokens.entries()) add(segmenter.push(token), index + 1);
  add(segmenter.flush(), tokens.length);
  return cues;
}
