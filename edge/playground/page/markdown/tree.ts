// The structure of an answer. Positions are UTF-16 units of the written text, so that every visible character can be
// matched with captions; characters that are only markup belong to no `Text`.

/** Visible text, exactly `[start, end)` of the written text. */
export interface Text {
  readonly kind: "text";
  readonly start: number;
  readonly end: number;
}

/** An inline element. */
export type Inline =
  | Text
  | { readonly kind: "break" }
  | { readonly kind: "code"; readonly start: number; readonly end: number }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly children: readonly Inline[] };

/** The alignment of a table column. */
export type Align = "left" | "center" | "right" | undefined;

/** A list item. */
export type Item = readonly Block[];

/** A block of the answer; `start` and `end` delimit its source. */
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

/** Where a line's content is in the source, without indentation and the `>` marks of quotes. */
export interface Line {
  readonly start: number;
  readonly end: number;
}
