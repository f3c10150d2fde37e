import { type Agreement, alone, thousands, trimZeros } from "../western/number.ts";

const small =
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve".split(
    " ",
  );
const tens = "_ _ _ treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(" ");
const hundreds =
  "_ ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split(" ");

function belowHundred(n: number): string {
  if (n < 30) return small[n] ?? "";
  const ten = tens[Math.floor(n / 10)] ?? "";
  return n % 10 === 0 ? ten : `${ten} y ${small[n % 10]}`;
}

function belowThousand(n: number): string {
  if (n === 100) return "cien";
  if (n < 100) return belowHundred(n);
  const hundred = hundreds[Math.floor(n / 100)] ?? "";
  return n % 100 === 0 ? hundred : `${hundred} ${belowHundred(n % 100)}`;
}

/** The short form of a number word before a noun: "un" for "uno", "veintiún" for "veintiuno". */
const short = (words: string): string => words.replace(/veintiuno$/, "veintiún").replace(/\buno$/, "un");
const feminine = (words: string): string =>
  words.replace(/uno$/, "una").replace(/(dosc|tresc|cuatroc|quin|seisc|setec|ochoc|novec)ientos/g, "$1ientas");

function belowMillion(n: number, isFeminine: boolean): string {
  const many = Math.floor(n / 1000);
  const form = (words: string): string => (isFeminine ? feminine(words) : words);
  if (many === 0) return form(belowThousand(n));
  const thousand = many === 1 ? "mil" : `${short(form(belowThousand(many)))} mil`;
  return n % 1000 === 0 ? thousand : `${thousand} ${form(belowThousand(n % 1000))}`;
}

/** A whole number in words: "veintiuno" for "21", or "veintiún" and "veintiuna" before nouns. */
export function cardinal(digits: string, { gender }: Agreement = alone): string {
  const groups = thousands(trimZeros(digits));
  const pair = (from: number): number => (groups.at(from) ?? 0) * 1000 + (groups.at(from + 1) ?? 0);
  const low = pair(-2);
  const high = groups.length > 2 ? (groups.at(-4) ?? 0) * 1000 + (groups.at(-3) ?? 0) : 0;
  const top = groups.length > 4 ? (groups.at(-5) ?? 0) : 0;
  const words: string[] = [];
  if (top > 0) words.push(top === 1 ? "un billón" : `${short(belowThousand(top))} billones`);
  if (high > 0) words.push(high === 1 ? "un millón" : `${short(belowMillion(high, false))} millones`);
  if (low > 0 || words.length === 0) {
    const said = belowMillion(low, gender === "f");
    words.push(gender === undefined || gender === "n" || gender === "f" ? said : short(said));
  }
  return words.join(" ");
}

const ordinals =
  "_ primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo decimotercero decimocuarto decimoquinto decimosexto decimoséptimo decimoctavo decimonoveno vigésimo".split(
    " ",
  );
const ordinalTens =
  "_ décimo vigésimo trigésimo cuadragésimo quincuagésimo sexagésimo septuagésimo octogésimo nonagésimo".split(" ");

/** An ordinal in words: "tercero" or "tercera" for "3"; for a number above 99, the cardinal. */
export function ordinal(digits: string, isFeminine: boolean): string {
  const n = Number(digits);
  if (n > 99 || n === 0) return cardinal(digits);
  const word =
    n <= 20
      ? (ordinals[n] ?? "")
      : [ordinalTens[Math.floor(n / 10)], n % 10 === 0 ? "" : ordinals[n % 10]].join(" ").trim();
  return isFeminine ? word.replace(/o(?= |$)/g, "a") : word;
}
