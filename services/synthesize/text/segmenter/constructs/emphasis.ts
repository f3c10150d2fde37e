import { isAlphanumeric, isDigit, isNewline, isSpace, isWide } from "../window/characters.ts";
import { reach, remembered, run } from "../window/seek.ts";
import { NO, peek, WAIT, type Window } from "../window/window.ts";

/**
 * The end of emphasis that opens at `start` with one, two or three marks such as `*` or `_`; NO if no emphasis opens
 * there, WAIT if more text is needed.
 */
export function emphasis(window: Window, start: number): number {
  const mark = window.points[start] ?? "";
  const opened = run(window, start, reach.emphasis);
  if (opened <= 0) return opened;
  const length = opened - start;
  const next = peek(window, opened) ?? "";
  const previous = peek(window, start - 1) ?? "";
  if (length === 1 && mark === "*" && (previous === "按" || previous === "拨" || next === "#")) return NO;
  if (length === 1 && mark === "*" && isDigit(next)) {
    // A star and digits that end with a hash are a telephone service code, not emphasis: `*123#`.
    let end = opened;
    while (end - opened < 8 && isDigit(peek(window, end) ?? "")) end++;
    if (peek(window, end) === "#") return NO;
  }
  if (isSpace(next) || length > 3 || (mark === "~" && length !== 2)) return NO;
  if (mark === "_" ? isAlphanumeric(previous) : length === 1 && isAlphanumeric(previous) && isAlphanumeric(next))
    return NO;
  return closing(window, opened, mark, length);
}

/**
 * Returns the position after the marks that close an emphasis; `from` is the position after the `length` opening marks.
 * NO if they are not closed within the maximum width, WAIT if more text is needed. A run of marks inside counts as one
 * letter.
 */
function closing(window: Window, from: number, mark: string, length: number): number {
  const key = mark.repeat(length);
  const start = from + window.offset;
  let known = window.unemphatic.get(key);
  let before = known?.widths[start - known.from];
  if (known === undefined || before === undefined || known.widths.length > remembered) {
    known = { from: start, widths: [0] };
    before = 0;
    window.unemphatic.set(key, known);
  }
  for (;;) {
    const width = known.widths.at(-1) ?? 0;
    if (width - before > reach.emphasis) return NO;
    const index = known.from + known.widths.length - 1 - window.offset;
    const c = peek(window, index);
    if (c === undefined) return WAIT;
    if (c === "" || isNewline(c)) return NO;
    let end = index + 1;
    if (c === mark) {
      const closes = !isSpace(peek(window, index - 1) ?? "");
      // Bold text closes with the first two characters of a run of `*` or `_`; a third one opens or closes something
      // else.
      if (length === 2 && closes && peek(window, end) === mark) return end + 1;
      end = run(window, index, reach.emphasis);
      if (end <= 0) return end;
      if (closes && end - index >= length) return end;
    }
    for (let place = index; place < end; place++) known.widths.push(width + (isWide(c) ? 2 : 1));
  }
}
