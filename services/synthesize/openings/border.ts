import { idle } from "../../../infra/stream/idle.ts";
import { countCodePoints } from "../../../infra/text/code-points.ts";
import type { Written } from "../text/words.ts";

/** A text in which a known opening is spoken at once. */
export interface Opened {
  /** The text, with a flush at the end of its opening, so that everything up to there is spoken at once. */
  readonly written: AsyncIterable<Written>;
  /** Where the text's opening ends, in code points; undefined while it is incomplete, or if the text has none. */
  readonly end: () => number | undefined;
}

/**
 * If the text begins with one of `openings`, has this opening spoken as soon as it is complete. Text that may still
 * become an opening is held back; this delays no speech, since no segment could end before the opening is complete. The
 * result does not depend on the pieces in which the text arrives.
 */
export function openWith(written: AsyncIterable<Written>, openings: readonly string[]): Opened {
  if (openings.length === 0) return { written, end: () => undefined };
  let end: number | undefined;

  async function* opened(): AsyncGenerator<Written> {
    let held: string | undefined = "";
    for await (const piece of written) {
      if (held === undefined || piece === "flush" || piece === idle) {
        // The writer pauses, or everything is to be spoken: do not wait for an opening any longer.
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
        // The opening is passed on in one piece, so that no segment ends inside the opening.
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

/**
 * Where the opening of a text ends, in UTF-16 code units. If the text begins with several openings, the shortest
 * counts. `perhaps`: only more of the text can tell. `none`: the text does not begin with an opening.
 */
export function match(text: string, openings: readonly string[]): number | "perhaps" | "none" {
  const start = text.length - text.trimStart().length;
  const said = text.slice(start);
  const all = openings.toSorted((a, b) => a.length - b.length);
  const whole = all.find((opening) => said.startsWith(opening) && isBorder(opening, said[opening.length]));
  if (whole !== undefined) return start + whole.length;
  const isOpen = all.some((opening) => opening.startsWith(said) && isUndecided(opening, said));
  return isOpen ? "perhaps" : "none";
}

/**
 * Matches an opening whose end is certain only once the next character is known: in Latin script a full stop or comma
 * may be part of a number, a name or an abbreviation.
 */
const unsure = /[.,:]$/;

function isBorder(opening: string, next: string | undefined): boolean {
  return !unsure.test(opening) || (next !== undefined && /\s/.test(next));
}

function isUndecided(opening: string, said: string): boolean {
  return said.length < opening.length || unsure.test(opening);
}
