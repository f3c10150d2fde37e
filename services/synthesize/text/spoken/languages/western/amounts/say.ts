import { parseFigure, sayCounted, sayFigure } from "../figure.ts";
import type { Agreement } from "../number.ts";
import type { Money, Noun, Tongue } from "../tongue.ts";
import type { Quantity } from "./quantity.ts";

/** Says a quantity: a number, a number with its unit, or money. */
export function sayQuantity(tongue: Tongue, quantity: Quantity, agreement: Agreement): string {
  const { figure, noun, per, money } = quantity;
  if (money !== undefined)
    return noun === undefined
      ? sayMoney(tongue, quantity, money, agreement)
      : sayManyCoins(tongue, sayCounted(figure, noun, agreement, tongue), noun, money.coin);
  if (noun === undefined) return sayFigure(figure, agreement, tongue);
  return joined(sayCounted(figure, noun, agreement, tongue), per);
}

const joined = (...words: readonly string[]): string => words.filter((word) => word !== "").join(" ");

/** Money in thousands or millions: "tres millones de euros", but "dos mil euros". */
function sayManyCoins(tongue: Tongue, counted: string, scale: Noun, coin: Noun): string {
  const coins = coin.forms[coin.forms.length - 1] ?? "";
  if (/^mil$|^mila$/.test(scale.forms[0] ?? "")) return `${counted} ${coins}`;
  const of = tongue.signs.of ?? "";
  return `${counted} ${/^[aeiouàéè]/i.test(coins) && of === "de " ? "d'" : of}${coins}`;
}

/** Says money as whole units and hundredths: "tres euros con cincuenta", "cincuenta céntimos por minuto". */
function sayMoney(tongue: Tongue, { figure, per }: Quantity, { coin, part }: Money, agreement: Agreement): string {
  const cents = figure.part?.padEnd(2, "0");
  // An amount with more than two decimal places is a price per unit: `1,589 €/l`.
  if (cents === undefined || cents.length > 2 || part === undefined)
    return joined(sayCounted(figure, coin, agreement, tongue), per);
  const partFigure = parseFigure(cents.replace(/^0(?=\d)/, ""));
  const ofPart: Agreement = { gender: part.gender };
  const partName = tongue.form(partFigure, part, agreement);
  if (/^0+$/.test(figure.whole) && cents !== "00")
    return joined(sayFigure({ ...partFigure, sign: figure.sign }, ofPart, tongue), partName, per);
  const coins = sayCounted({ ...figure, part: undefined, point: "" }, coin, agreement, tongue);
  return joined(cents === "00" ? coins : tongue.price(coins, sayFigure(partFigure, ofPart, tongue), partName), per);
}
