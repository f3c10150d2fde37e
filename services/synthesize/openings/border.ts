import { idle } from "../../../infra/stream/idle.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Written } from "../text/words.ts";

/** A text whose openings are known. */
export interface Opened {
  /** The text, with a wish to hear all so far at the end of its opening. */
  readonly written: AsyncIterable<Written>;
  /** Where its opening ends, in code points; undefined until it is written, and if the text begins with none. */
  readonly end: () => number | undefined;
}

/**
 * Has a text that begins with one of some openings spoken up to there at once. What is written is kept back as long as it could still become an
 * opening: no border can come before it is whole, so nothing is heard later for it. By the text alone, in whatever pieces it comes.
 */
export function openWith(written: AsyncIterable<Written>, openings: readonly string[]): Opened {
  if (openings.length === 0) return { written, end: () => undefined };
  let end: number | undefined;

  async function* opened(): AsyncGenerator<Written> {
    let held: string | undefined = "";
    for await (const piece of written) {
      if (held === undefined || piece === "flush" || piece === idle) {
        // Nobody writes on for now, or all is wanted: an opening is not waited for any more.
        if (held) yield { text: held };
        if (held !== "") held = undefined;
        yield piece;
        continue;
      }
      held += piece.text;
      const found = match(held, openings);
      if (found === "perhaps") continue;
      if (found !== "none") {
        const head = held.slice(0, found);
        end = countCodePoints(head);
        // In one piece: no border inside of it is looked at.
        yield { text: head, flush: true };
        held = held.slice(found);
      }
      if (held !== "") yield { text: held };
      held = undefined;
    }
    if (held) yield { text: held };
  }

  return { written: opened(), end: () => end };
}

/** Where the opening that a text begins with ends, in UTF-16 code units: of several the shortest. `perhaps`: more of the text has to be seen. */
export function match(text: string, openings: readonly string[]): number | "perhaps" | "none" {
  const start = text.length - text.trimStart().length;
  const said = text.slice(start);
  const all = openings.toSorted((a, b) => a.length - b.length);
  const whole = all.find((opening) => said.startsWith(opening) && isBorder(opening, said[opening.length]));
  if (whole !== undefined) return start + whole.length;
  const isOpen = all.some((opening) => opening.startsWith(said) && isUndecided(opening, said));
  return isOpen ? "perhaps" : "none";
}

/** A full stop or comma in Latin script can be part of a number, a name or an abbreviation: only what follows tells. */
const unsure = /[.,:]$/;

function isBorder(opening: string, next: string | undefined): boolean {
  return !unsure.test(opening) || (next !== undefined && /\s/.test(next));
}

function isUndecided(opening: string, said: string): boolean {
  return said.length < opening.length || unsure.test(opening);
}
