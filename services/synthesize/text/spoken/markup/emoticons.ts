import { parenthesisEffect } from "./effects.ts";
import { drop, end, type Markup, markup } from "./mark.ts";

/** Emoticons, emoji shortcodes, and effects in parentheses such as `(laughs)`: none of these is spoken. */
export const emoticonMarks: readonly Markup[] = [
  markup("(（", parenthesisEffect, (match) => ({ end: end(match), say: " " })),
  markup(
    ":;^T>X<",
    /(?<![A-Za-z0-9])(?:[:;]['’]?-?[)(DPpO3](?![A-Za-z0-9])|\^[_.o-]*\^|T[_.]T|>[_.]<|XD(?![A-Za-z]))/,
    drop,
  ),
  // `<3` is a heart at the end of a phrase, or where it is used as a verb. Before an amount, `<` is a comparison:
  // `<3.5%`, `<3 kg`.
  markup(
    "<",
    /(?<![A-Za-z0-9]|\b[a-z]\s)<3+(?=\s*(?:$|[.!?,;:。！？，；：~～)）\n](?!\d)|\p{Extended_Pictographic}))|(?<![A-Za-z0-9])(?:<3){2,}(?!\d)|(?<=\bI\s)<3(?=\s)/u,
    drop,
  ),
  markup("(（", /[(（][^\w\s一-鿿]?[\^*・ω><;:_.oO≧≦╯°□￣▽´`∀]{2,12}[^\w\s一-鿿]?[)）][~～ノ/]?/, drop),
  markup("(（", /[(（](?=[^()（）]*[•ω▽≧≦╯°□￣´`∀；ˇ])[^()（）\s\w一-鿿]{3,14}[)）][وノ✧~～☆★♪/]{0,3}/, drop),
  markup(":", /(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])/, drop),
];
