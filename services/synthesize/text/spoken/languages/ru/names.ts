import type { AddressWords } from "../western/names/words.ts";

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
