import { createSegmenter } from "../../services/synthesize/text/segmenter/segmenter.ts";
import type { Observer } from "../../services/synthesize/text/spoken/observer.ts";
import { joint } from "../../services/synthesize/text/spoken/readings/heard.ts";
import { createSpokenForm } from "../../services/synthesize/text/spoken/spoken.ts";

/**
 * What is said for a whole text, its clauses joined as its language joins them. `lang` is a BCP 47 tag; `mix` and
 * undefined tell none.
 */
export function speakText(text: string, lang: string | undefined, observer?: Observer): string {
  const segmenter = createSegmenter();
  const spokenForm = createSpokenForm({
    ...(lang === undefined || lang === "mix" ? {} : { language: lang }),
    ...(observer === undefined ? {} : { observer }),
  });
  return [...segmenter.push(text), ...segmenter.flush()]
    .map((clause) => spokenForm.speak(clause).spoken)
    .join(joint(lang ?? ""));
}
