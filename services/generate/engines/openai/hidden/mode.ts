import type { JsonEnd } from "./tool-json.ts";

/** What is hidden. */
export type Kind = "thought" | "call" | "other";
/** Where in the model's output a hider is, and what ends that. */
export type Mode =
  | { readonly is: "begin" }
  | { readonly is: "shown" }
  | { readonly is: "hidden"; readonly kind: Kind; readonly closes: readonly string[] }
  | { readonly is: "header"; readonly opens: string; readonly ends: readonly string[] }
  | { readonly is: "json"; readonly end: JsonEnd };
/** The mode of one kind. */
export type Of<Is extends Mode["is"]> = Extract<Mode, { readonly is: Is }>;
