import type { Agreement } from "../western/number.ts";

type Case = NonNullable<Agreement["grammaticalCase"]>;

/** Numerals with irregular declension, each followed by its genitive, dative, instrumental and prepositional. */
const table = `
ноль нуля нулю нулём нуле
один одного одному одним одном
одно одного одному одним одном
одна одной одной одной одной
два двух двум двумя двух
две двух двум двумя двух
три трёх трём тремя трёх
четыре четырёх четырём четырьмя четырёх
восемь восьми восьми восемью восьми
сорок сорока сорока сорока сорока
пятьдесят пятидесяти пятидесяти пятьюдесятью пятидесяти
шестьдесят шестидесяти шестидесяти шестьюдесятью шестидесяти
семьдесят семидесяти семидесяти семьюдесятью семидесяти
восемьдесят восьмидесяти восьмидесяти восемьюдесятью восьмидесяти
девяносто девяноста девяноста девяноста девяноста
сто ста ста ста ста
двести двухсот двумстам двумястами двухстах
триста трёхсот трёмстам тремястами трёхстах
четыреста четырёхсот четырёмстам четырьмястами четырёхстах
пятьсот пятисот пятистам пятьюстами пятистах
шестьсот шестисот шестистам шестьюстами шестистах
семьсот семисот семистам семьюстами семистах
восемьсот восьмисот восьмистам восемьюстами восьмистах
девятьсот девятисот девятистам девятьюстами девятистах
тысяча тысячи тысяче тысячей тысяче
тысячи тысяч тысячам тысячами тысячах
тысяч тысяч тысячам тысячами тысячах
`;
const columns: readonly Case[] = ["genitive", "dative", "instrumental", "prepositional"];
const forms = new Map(
  table
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([word = "", ...cases]) => [word, cases] as const),
);

/** Declines the words for a million and larger numbers, in the singular and plural. */
function scaleInCase(word: string, column: number): string {
  const [, stem = "", ending = ""] = /^(\p{L}+?(?:лион|лиард))(а|ов|)$/u.exec(word) ?? [];
  return stem + ((ending === "" ? ["а", "у", "ом", "е"] : ["ов", "ам", "ами", "ах"])[column] ?? "");
}

/** Declines one word of a number; the accusative is that of inanimate nouns. */
export function inCase(word: string, grammaticalCase: Agreement["grammaticalCase"]): string {
  if (grammaticalCase === undefined) return word;
  if (grammaticalCase === "accusative") return word === "одна" ? "одну" : word === "тысяча" ? "тысячу" : word;
  const column = columns.indexOf(grammaticalCase);
  const listed = forms.get(word)?.[column];
  if (listed !== undefined) return listed;
  if (/(?:лион|лиард)/u.test(word)) return scaleInCase(word, column);
  return word.replace(/ь$/u, grammaticalCase === "instrumental" ? "ью" : "и");
}
