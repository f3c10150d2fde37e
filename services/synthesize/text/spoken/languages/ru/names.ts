import type { AddressWords } from "../western/names/words.ts";
import { cardinal } from "./number.ts";

/** The words for the parts of addresses. */
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
 * A group of a telephone number as one number: "восемьсот", "тридцать пять", "две тысячи". Undefined for other long
 * groups and those with a leading zero, which are spoken digit by digit.
 */
export const telephoneGroup = (group: string): string | undefined =>
  (group.length > 3 && !/^.000$/.test(group)) || group.startsWith("0") ? undefined : cardinal(group);
