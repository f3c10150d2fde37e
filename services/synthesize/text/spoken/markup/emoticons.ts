import { parenthesisEffect } from "./effects.ts";
import { drop, end, type Markup, markup } from "./mark.ts";

/** Faces made of signs, shortcodes of emoji, and effects in parentheses: none is spoken. */
export const emoticonMarks: readonly Markup[] = [
  markup("(（", parenthesisEffect, (match) => ({ end: end(match), say: " " })),
  markup(
    ":;^T>X<",
    /(?<![A-Za-z0-9])(?:[:;]['’]?-?[)(DPpO3](?![A-Za-z0-9])|\^[_.o-]*\^|T[_.]T|>[_.]<|XD(?![A-Za-z])|<3(?!\d))/,
    drop,
  ),
  markup("(（", /[(（][^\w\s一-鿿]?[\^*・ω><;:_.oO≧≦╯°□￣▽´`∀]{2,12}[^\w\s一-鿿]?[)）][~～ノ/]?/, drop),
  markup("(（", /[(（](?=[^()（）]*[•ω▽≧≦╯°□￣´`∀；ˇ])[^()（）\s\w一-鿿]{3,14}[)）][وノ✧~～☆★♪/]{0,3}/, drop),
  markup(":", /(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])/, drop),
];
