import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать".split(
    " ",
  );
const tens = "_ _ двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split(" ");
const hundreds = "_ сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split(" ");
const scales = ["", "тысяча тысячи тысяч", "миллион миллиона миллионов", "миллиард миллиарда миллиардов"].concat(
  "триллион триллиона триллионов",
);

/** Which of the three forms of a noun stands with a number: 1 час, 2 часа, 5 часов. */
export function formWith(n: number): 0 | 1 | 2 {
  const last = n % 10;
  if (n % 100 >= 11 && n % 100 <= 14) return 2;
  return last === 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2;
}

/** Words of a number below a thousand, in the nominative. */
function belowThousand(n: number, gender: Agreement["gender"]): string[] {
  const words: string[] = [];
  if (n >= 100) words.push(hundreds[Math.floor(n / 100)] ?? "");
  const rest = n % 100;
  if (rest >= 20) words.push(tens[Math.floor(rest / 10)] ?? "");
  const last = rest >= 20 ? rest % 10 : rest;
  if (last === 1) words.push(gender === "f" ? "одна" : gender === "n" ? "одно" : "один");
  else if (last === 2) words.push(gender === "f" ? "две" : "два");
  else if (last > 0) words.push(small[last] ?? "");
  return words;
}

const genitives: Readonly<Record<string, string>> = {
  ноль: "ноля",
  один: "одного",
  одно: "одного",
  одна: "одной",
  два: "двух",
  две: "двух",
  три: "трёх",
  четыре: "четырёх",
  восемь: "восьми",
  сорок: "сорока",
  девяносто: "девяноста",
  сто: "ста",
  двести: "двухсот",
  триста: "трёхсот",
  четыреста: "четырёхсот",
  пятьдесят: "пятидесяти",
  шестьдесят: "шестидесяти",
  семьдесят: "семидесяти",
  восемьдесят: "восьмидесяти",
  пятьсот: "пятисот",
  шестьсот: "шестисот",
  семьсот: "семисот",
  восемьсот: "восьмисот",
  девятьсот: "девятисот",
};
const datives: Readonly<Record<string, string>> = {
  ...genitives,
  ноль: "нолю",
  один: "одному",
  одно: "одному",
  два: "двум",
  две: "двум",
  три: "трём",
  четыре: "четырём",
};

const prepositionals: Readonly<Record<string, string>> = {
  ...genitives,
  один: "одном",
  одно: "одном",
  двести: "двухстах",
  триста: "трёхстах",
  четыреста: "четырёхстах",
  пятьсот: "пятистах",
  шестьсот: "шестистах",
  семьсот: "семистах",
  восемьсот: "восьмистах",
  девятьсот: "девятистах",
};
const instrumentals: Readonly<Record<string, string>> = {
  один: "одним",
  одно: "одним",
  одна: "одной",
  два: "двумя",
  две: "двумя",
  три: "тремя",
  четыре: "четырьмя",
  восемь: "восемью",
  сорок: "сорока",
  девяносто: "девяноста",
  сто: "ста",
  пятьдесят: "пятьюдесятью",
  шестьдесят: "шестьюдесятью",
  семьдесят: "семьюдесятью",
  восемьдесят: "восемьюдесятью",
};

function inCase(word: string, grammaticalCase: Agreement["grammaticalCase"]): string {
  if (grammaticalCase === "accusative") return word === "одна" ? "одну" : word;
  if (grammaticalCase === undefined) return word;
  if (grammaticalCase === "prepositional") return prepositionals[word] ?? word.replace(/ь$/, "и");
  if (grammaticalCase === "instrumental") return instrumentals[word] ?? word.replace(/ь$/, "ью");
  return (grammaticalCase === "dative" ? datives : genitives)[word] ?? word.replace(/ь$/, "и");
}

/** "двадцать одна" of "21" for a feminine noun; "двадцати одной" in the genitive. */
export function cardinal(digits: string, { gender, grammaticalCase }: Agreement = alone): string {
  const groups = thousands(trimZeros(digits));
  if (groups.length === 1 && groups[0] === 0) return inCase("ноль", grammaticalCase);
  const words: string[] = [];
  for (const [index, n] of groups.entries()) {
    if (n === 0) continue;
    const scale = groups.length - 1 - index;
    const own = belowThousand(n, scale === 1 ? "f" : scale === 0 ? gender : "m");
    // тысяча by itself is said without one.
    if (!(scale === 1 && n === 1)) words.push(...own.map((word) => inCase(word, grammaticalCase)));
    if (scale === 0) continue;
    const forms = scales[scale]?.split(" ") ?? [];
    const form = formWith(n);
    const oblique = grammaticalCase === "genitive" || grammaticalCase === "dative";
    words.push((oblique ? (form === 0 ? forms[1] : forms[2]) : forms[form]) ?? "");
  }
  return words.join(" ");
}

const ordinalStems: Readonly<Record<string, string>> = {
  ноль: "нулев",
  один: "перв",
  два: "втор",
  три: "трет",
  четыре: "четвёрт",
  пять: "пят",
  шесть: "шест",
  семь: "седьм",
  восемь: "восьм",
  сорок: "сороков",
  девяносто: "девяност",
  сто: "сот",
  тысяча: "тысячн",
  тысячи: "тысячн",
  тысяч: "тысячн",
};
const stressed = /^(?:нулев|втор|шест|седьм|восьм|сороков)$/;

/** The forms of an ordinal. */
export type OrdinalForm =
  | "nominative"
  | "genitive"
  | "prepositional"
  | "dative"
  | "feminine"
  | "feminineOblique"
  | "feminineAccusative"
  | "instrumental"
  | "neuter"
  | "plural"
  | "pluralGenitive";
const endings: Record<OrdinalForm, readonly [usual: string, third: string]> = {
  nominative: ["ый", "ий"],
  genitive: ["ого", "ьего"],
  prepositional: ["ом", "ьем"],
  dative: ["ому", "ьему"],
  feminine: ["ая", "ья"],
  feminineOblique: ["ой", "ьей"],
  feminineAccusative: ["ую", "ью"],
  instrumental: ["ым", "ьим"],
  neuter: ["ое", "ье"],
  plural: ["ые", "ьи"],
  pluralGenitive: ["ых", "ьих"],
};

/** "двадцать первого" of "21" in the genitive, "две тысячи двадцать четвёртого", "двухтысячного". */
export function ordinal(digits: string, form: OrdinalForm): string {
  const words = cardinal(digits).split(" ");
  const last = words.pop() ?? "";
  let stem =
    ordinalStems[last] ??
    (/сот$|сти$|ста$/.test(last)
      ? `${inCase(last, "genitive")}`.replace(/сот$/, "сот")
      : /десят$/.test(last)
        ? inCase(last, "genitive").replace(/и$/, "")
        : last.replace(/ь$/, ""));
  if (stem === "тысячн" && words.length > 0) {
    // двухтысячный is one word.
    stem = `${words.map((word) => (word === "одна" ? "одно" : inCase(word, "genitive"))).join("")}тысячн`;
    words.length = 0;
  }
  const [usual, third] = endings[form];
  const ending = stem === "трет" ? third : form === "nominative" && stressed.test(stem) ? "ой" : usual;
  return [...words, stem + ending].join(" ");
}
