// What an answer is made of. Places are UTF-16 units of the written text, so that every visible character
// keeps its place for captions; what is markup alone appears in no text.

/** Visible text, exactly `[start, end)` of what was written. */
export interface Text {
  readonly kind: "text";
  readonly start: number;
  readonly end: number;
}

/** A piece of a line. */
export type Inline =
  | Text
  | { readonly kind: "break" }
  | { readonly kind: "code"; readonly start: number; readonly end: number }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] };

/** How a table's column is set. */
export type Align = "left" | "center" | "right" | undefined;

/** An entry of a list. */
export type Item = readonly Block[];

/** A block of the answer; `start` and `end` enclose its source. */
export type Block = { readonly start: number; readonly end: number } & (
  | { readonly kind: "paragraph"; readonly inlines: readonly Inline[] }
  | { readonly kind: "heading"; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string; readonly lines: readonly Text[] }
  | { readonly kind: "list"; readonly first: number | undefined; readonly items: readonly Item[] }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | {
      readonly kind: "table";
      readonly align: readonly Align[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: "rule" }
);

/** A line's content in the source, without what encloses it (indentation, quote marks). */
export interface Line {
  readonly start: number;
  readonly end: number;
}
