import { type Rule, rule } from "../../../rule.ts";
import { commandBefore } from "../../../typed.ts";
import { beforeOf } from "../../patterns.ts";
import type { AddressWords } from "./words.ts";

/** Rules for what people type: command options, symbols in passwords, telephone keys. */
export function typedRules({ signs }: AddressWords): readonly Rule[] {
  const { "-": hyphen = "", ".": point = "" } = signs;
  return [
    rule("option of a command", "-", /(?<=[\p{L}\d-]\s)--?(?=[A-Za-z][\w-]*)/u, ([hyphens], place) =>
      hyphens.length > 1 || commandBefore.test(beforeOf(place.text, place.index))
        ? [...hyphens].map(() => `${hyphen} `).join("")
        : undefined,
    ),
    rule("folder above", ".", /(?<=\b(?:cd|ls|cp|mv)\s(?:\S+\s)?)\.\.(?![.\w])/, () => `${point} ${point}`),
    rule(
      "symbol by itself, such as # or *",
      "_*#",
      /(?<![^\s"“«(])[_*#](?=[\s.,;:)"”»]|$)(?!\s\d+(?!\s?[\w#*]))/,
      ([sign]) => signs[sign],
    ),
  ];
}
