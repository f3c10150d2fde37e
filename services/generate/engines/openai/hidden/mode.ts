import type { JsonEnd } from "./tool-json.ts";

/** What kind of text is hidden. */
export type Kind = "thought" | "call" | "other";
/** The state of a hider: the kind of text that it is processing at the moment, and what ends that text. */
export type Mode =
  | { readonly is: "begin" }
  | { readonly is: "shown" }
  | { readonly is: "hidden"; readonly kind: Kind; readonly closes: readonly string[] }
  | { readonly is: "header"; readonly opens: string; readonly ends: readonly string[] }
  | { readonly is: "json"; readonly end: JsonEnd };
/** The variant of `Mode` whose field `is` has the value `Is`. */
export type Of<Is extends Mode["is"]> = Extract<Mode, { readonly is: Is }>;
