import type { AddressWords } from "../western/names/words.ts";
import { cardinal } from "./number.ts";

/** The spoken names of the symbols in e-mail and web addresses. */
export const address: AddressWords = {
  signs: {
    ".": "точка",
    "@": "собака",
    "-": "дефис",
    _: "подчёркивание",
    "/": "слеш",
    ":": "двоеточие",
    "+": "плюс",
  },
};

/**
 * A group of digits of a telephone number, said as one number: "восемьсот", "тридцать пять", "две тысячи". Undefined if
 * the group is said digit by digit: if it has a leading zero, or is long and not a round thousand.
 */
export const telephoneGroup = (group: string): string | undefined =>
  (group.length > 3 && !/^.000$/.test(group)) || group.startsWith("0") ? undefined : cardinal(group);
