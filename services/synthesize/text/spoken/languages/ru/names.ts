import type { AddressWords } from "../western/names/words.ts";
import { cardinal } from "./number.ts";

/** What the parts of addresses are called. */
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

/** A group of a telephone number as one number: восемьсот, тридцать пять, две тысячи. Other long ones, and those with a zero in front, are spelled. */
export const telephoneGroup = (group: string): string | undefined =>
  (group.length > 3 && !/^.000$/.test(group)) || group.startsWith("0") ? undefined : cardinal(group);
