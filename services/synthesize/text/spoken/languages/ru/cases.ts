import type { Agreement } from "../western/number.ts";

type Case = NonNullable<Agreement["grammaticalCase"]>;
type Oblique = "dative" | "instrumental" | "prepositional";

const endings: Readonly<Record<Oblique, { readonly hard: string; readonly soft: string; readonly adjective: string }>> =
  {
    dative: { hard: "ам", soft: "ям", adjective: "ым" },
    instrumental: { hard: "ами", soft: "ями", adjective: "ыми" },
    prepositional: { hard: "ах", soft: "ях", adjective: "ых" },
  };

/** Many of a noun in a case that its three forms do not give: "градусах Цельсия" of "градус Цельсия". */
export function manyInCase(one: string, grammaticalCase: Oblique): string {
  const { hard, soft, adjective } = endings[grammaticalCase];
  const words = one.split(" ");
  const at = words.findIndex((word) => !/(?:ый|ий|ая)$/u.test(word));
  return words
    .map((word, index) => {
      if (index < at) return word.replace(/(?:ый|ий|ая)$/u, adjective);
      if (index > at || /(?:промилле|евро|тенге)$/u.test(word)) return word;
      return /[ьяйе]$/u.test(word) ? word.slice(0, -1) + soft : word.replace(/[ао]$/u, "") + hard;
    })
    .join(" ");
}

const cues: readonly (readonly [Case, RegExp])[] = [
  [
    "genitive",
    /(?:^|[\s(])(?:до|от|около|более|менее|больше|меньше|без|из|для|после|свыше|порядка|выше|ниже|старше|моложе|течение|с|со|не менее|не более|против|кроме|вместо|у|возле|ок\.|максимум до|минимум до|размере)\s$/iu,
  ],
  ["dative", /(?:^|[\s(])(?:к|ко|благодаря|равна|равен|равно)\s$/iu],
  ["prepositional", /(?:^|[\s(])(?:при|о|об)\s$/iu],
  ["instrumental", /(?:^|[\s(])(?:между|над|под|перед)\s$/iu],
];

/** The case that the words before a number and the form of the noun after it ask for. */
export function caseOf(before: string, noun: string | undefined, whole: string): Case | undefined {
  if (noun !== undefined && /(?:ами|ями|ьми)$/u.test(noun)) return "instrumental";
  if (noun !== undefined && /(?:ом|ем|ём)$/u.test(noun) && /(?:^|\s)со?\s$/iu.test(before)) return "instrumental";
  if (noun !== undefined && /(?:[аяи]х)$/u.test(noun) && /(?:^|\s)(?:в|на|при|о)\s$/iu.test(before))
    return "prepositional";
  if (/(?:^|\s)по\s$/iu.test(before))
    return noun !== undefined && /1$/.test(whole) && !/11$/.test(whole) ? "dative" : undefined;
  return cues.find(([, cue]) => cue.test(before) && !/равн[аоы]?\s$|равен\s$/iu.test(before))?.[0];
}
