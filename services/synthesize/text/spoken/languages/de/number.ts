import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split(
    " ",
  );
const tens = "_ _ zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(" ");
const scales = ["", "", "Million", "Milliarde", "Billion"];

/** A number as the first element of a longer number word: "ein", not "eins", in "einundzwanzig". */
const joined = (n: number): string => (n === 1 ? "ein" : (small[n] ?? ""));

function belowHundred(n: number): string {
  if (n < 20) return small[n] ?? "";
  const ten = tens[Math.floor(n / 10)] ?? "";
  return n % 10 === 0 ? ten : `${joined(n % 10)}und${ten}`;
}

function belowThousand(n: number, first: boolean): string {
  if (n < 100) return belowHundred(n);
  const hundred = n < 200 ? (first ? "hundert" : "einhundert") : `${joined(Math.floor(n / 100))}hundert`;
  return hundred + (n % 100 === 0 ? "" : belowHundred(n % 100));
}

function belowMillion(n: number): string {
  if (n < 1000) return belowThousand(n, true);
  const many = Math.floor(n / 1000);
  const thousand =
    n === 1000 ? "tausend" : `${many === 1 ? "ein" : belowThousand(many, true).replace(/eins$/, "ein")}tausend`;
  return thousand + (n % 1000 === 0 ? "" : belowThousand(n % 1000, false));
}

/** A whole number in words: "einundzwanzig" for "21"; before a noun, 1 is "ein", "eine" or "einer". */
export function cardinal(digits: string, { gender, grammaticalCase }: Agreement = alone): string {
  const plain = trimZeros(digits);
  if (gender !== undefined && plain === "1") return one(gender, grammaticalCase);
  const groups = thousands(plain);
  const low = belowMillion((groups.at(-2) ?? 0) * 1000 + (groups.at(-1) ?? 0));
  const high = groups.slice(0, -2).flatMap((n, index) => {
    const scale = scales[groups.length - 1 - index] ?? "";
    if (n === 0) return [];
    return [n === 1 ? `eine ${scale}` : `${belowThousand(n, true)} ${scale}${scale.endsWith("e") ? "n" : "en"}`];
  });
  return [...high, ...(low === "null" && high.length > 0 ? [] : [low])].join(" ");
}

function one(gender: "m" | "f" | "n", grammaticalCase: Agreement["grammaticalCase"]): string {
  if (grammaticalCase === "dative") return gender === "f" ? "einer" : "einem";
  if (grammaticalCase === "genitive") return gender === "f" ? "einer" : "eines";
  if (grammaticalCase === "accusative" && gender === "m") return "einen";
  return gender === "f" ? "eine" : "ein";
}

/** A year in words: "neunzehnhundertvierundachtzig" for "1984", "zweitausendzwölf" for "2012". */
export function year(digits: string): string {
  const n = Number(digits);
  if (n < 1100 || n > 1999) return cardinal(digits);
  return `${belowHundred(Math.floor(n / 100))}hundert${n % 100 === 0 ? "" : belowHundred(n % 100)}`;
}

const irregular: Record<string, string> = { eins: "erst", drei: "dritt", sieben: "siebt", acht: "acht" };

/** An ordinal in words, with the given ending: "dritte" for "3". */
export function ordinal(digits: string, ending = "e"): string {
  const n = Number(digits);
  const word = cardinal(digits);
  const stem =
    n % 100 > 0 && n % 100 < 20
      ? word.replace(/(eins|drei|sieben|acht|[a-zäöüß]+)$/, (last) => {
          const own = Object.keys(irregular).find((key) => last.endsWith(key) && n % 100 < 13);
          return own === undefined ? `${last}t` : last.slice(0, -own.length) + irregular[own];
        })
      : `${word}st`;
  return stem + ending;
}
