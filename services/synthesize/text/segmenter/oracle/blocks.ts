/**
 * The index right after the code block that begins at `index`; 0 if there is none. The block is closed by a fence,
 * alone on its line, at least as long as the opening one.
 */
export function codeBlock(text: string, index: number): number {
  const [head = "", fence = "", info = ""] = /^(`{3,80}|~{3,80})(.{0,80})(?:\n|$)/.exec(text.slice(index)) ?? [];
  const mark = fence.charAt(0);
  if (head === "" || info.includes(mark)) return 0;
  const inside = text.slice(index + head.length);
  const close = new RegExp(String.raw`^[^\S\n]*${mark}{${fence.length},}[^\S\n]*$\n?`, "m").exec(inside);
  return close === null ? text.length : index + head.length + close.index + close[0].length;
}

/** The index right after the table row that begins at `index`, including its delimiter row; 0 if there is none. */
export function tableRow(text: string, index: number): number {
  const [row = ""] = /^\|.*(?:\n(?:(?:[-|:]|[^\S\n])*-(?:[-|:]|[^\S\n])*(?:\n|$))?|$)/.exec(text.slice(index)) ?? [];
  return row === "" ? 0 : index + row.length;
}

/**
 * The index right after the list, quotation or heading mark that begins a line at `index`; `index` itself if there is
 * none.
 */
export function lineMark(text: string, index: number): number {
  const marks =
    /^(?:(?:[-*+•·>]|#{1,6})[^\S\n]|(?:\d{1,3}|[A-Za-z])(?:\.(?![\dA-Za-z])|[、)）](?!\d))|[(（](?:\d{1,3}|[A-Za-z])[)）](?!\d))/;
  return index + (marks.exec(text.slice(index))?.[0].length ?? 0);
}
