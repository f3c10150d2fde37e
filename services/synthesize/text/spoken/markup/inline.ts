import { mannerOf } from "../language.ts";
import { append, type Mapped } from "../mapped.ts";
import { emoticonMarks } from "./emoticons.ts";
import { htmlMarks } from "./html.ts";
import { linkMarks } from "./links/links.ts";
import { pathMarks } from "./links/path.ts";
import { end, type Markup } from "./mark.ts";
import { markdownMarks } from "./markdown/markdown.ts";

/**
 * All kinds of inline markup. If two kinds match at the same position, the first one is used: so `<3` inside a tag
 * belongs to the tag, and an underscore in a file name to the name.
 */
const inline: readonly Markup[] = [...htmlMarks, ...linkMarks, ...pathMarks, ...emoticonMarks, ...markdownMarks];

const byStart = new Map<string, Markup[]>();
for (const entry of inline) for (const c of entry.starts) byStart.set(c, [...(byStart.get(c) ?? []), entry]);

/**
 * Appends `[start, stop)` of a clause's text to `mapped`, leaving out inline markup. `at` converts UTF-16 offsets in
 * the clause to code-point positions in the whole text.
 */
export function readInline(
  text: string,
  start: number,
  stop: number,
  language: string,
  mapped: Mapped,
  at: (unit: number) => number,
): void {
  const manner = mannerOf(language) ?? "other";
  let index = start;
  next: while (index < stop) {
    const c = text[index] ?? "";
    for (const { pattern, act } of byStart.get(c) ?? []) {
      pattern.lastIndex = index;
      const match = pattern.exec(text);
      if (match === null || end(match) > stop) continue;
      const found = act(match, manner, language);
      // A match that consumes no text is ignored: the loop would find it again forever.
      if (found === undefined || found.end <= index) continue;
      if (found.inner !== undefined) readInline(text, found.inner[0], found.inner[1], language, mapped, at);
      else append(mapped, found.say ?? "", at(index), at(found.end));
      index = found.end;
      continue next;
    }
    do {
      append(mapped, text[index] ?? "", at(index), at(index + 1));
      index++;
    } while (index < stop && !byStart.has(text[index] ?? ""));
  }
}
