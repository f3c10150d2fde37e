import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { known, told } from "../window/known.fixture.ts";
import type { Window } from "../window/window.ts";
import { enclosed } from "./enclosed.ts";
import { verbatim } from "./verbatim.ts";

/** Texts with `^` before what may open something; `‖` stands where it ends, `∎` where the text does. */
interface Rows {
  readonly of: (window: Window, start: number) => number;
  readonly closes: readonly string[];
  readonly opensNothing: readonly string[];
  readonly waits: readonly string[];
}

const rules: Readonly<Record<string, Rows>> = {
  "a code span closes with as many marks as opened it": {
    of: verbatim,
    closes: ["^`a`‖ b", "a ^``b`c``‖ d", "^`a``b`‖ c", "^`a\nb`‖∎"],
    opensNothing: ["`^`a` b", "^``a` b∎", "^`a∎", "^`a\n\nb`", `^${"`".repeat(201)}a`, `^\`${"a".repeat(201)}\``],
    waits: ["^`", "^`a", "^``a`", "^`a`", "^`a``"],
  },
  "an amount of money is no formula": {
    of: verbatim,
    closes: [
      "^$5‖ and",
      "^$1,299.50‖ and",
      "^$5‖, and",
      "^$5‖. And",
      "^$5‖k and",
      "^$5‖bn and",
      "^$5‖million and",
      "^$5‖ or",
      "^$5‖∎",
      "^$5‖,,.∎",
      "^$5‖-6",
      "^$5‖ ∎",
      `^$${"1".repeat(40)}‖1 and`,
    ],
    opensNothing: ["^$5x and∎", "^$5 = 6∎", "^$5{∎", "^$5millions and∎", "^$5abcdefghi and∎", "^$5kk∎"],
    waits: ["^$", "^$5", "^$5,", "^$5k", "^$5 ", "^$5abcdefgh", "^$5x ", "^$5=", `^$${"1".repeat(39)}`],
  },
  "a formula closes on its line, its mark next to what it holds": {
    of: verbatim,
    closes: ["^$x$‖ and", "^$x$‖∎", "^$x. B$‖a", "^$$x$$‖", "^$$x\ny$$‖", "^$$$$‖", "^$5x$‖ and", "^$5=5$‖ and"],
    opensNothing: ["^$x $ and", "^$x$5", "^$ x$ and", "^$x\n$ and", "^$$x\n\n$$", "^$∎", "^$x∎", "^$5=5 $ and"],
    waits: ["^$x", "^$x$", "^$$x", "^$$x$", "^$5=", "^$$"],
  },
  "LaTeX closes with its own bracket, and a mark behind a backslash is a letter": {
    of: verbatim,
    closes: ["^\\(x. B\\)‖ a", "^\\[x\ny\\]‖ a", "^\\*‖ a", "^\\\\‖a", "^\\。‖a"],
    opensNothing: ["^\\(x\\]∎", "^\\[x\n\ny\\]", "^\\ a", "^\\a", "^\\5", "^\\∎"],
    waits: ["^\\", "^\\(", "^\\[x", "^\\(x\\"],
  },
  "a tag closes on its line, before another opens": {
    of: verbatim,
    closes: [
      "^<b>‖a",
      "^</b>‖",
      "^<!-- a. B -->‖",
      "^<|a. B|>‖c",
      "^<｜a<｜>‖c",
      "^<|a>|>‖c",
      `^<${"a".repeat(199)}>‖`,
    ],
    opensNothing: ["^< b>", "^<5>", "^<b\n>", "^<b<i>", "^<b∎", "^<∎", "^<|a\n|>", "^<|a｜>∎", `^<${"a".repeat(200)}>`],
    waits: ["^<", "^<b", "^</", "^<!", "^<|", "^<｜a｜", "^<|a|"],
  },
  "an entity is short and holds letters and figures": {
    of: verbatim,
    closes: ["^&amp;‖ a", "^&#39;‖a", "^&abcdefgh;‖", "a^&x;‖"],
    opensNothing: ["^&;", "^&abcdefghi;", "^& a;", "^&a-b;", "^&∎", "^&a∎", "^&é;"],
    waits: ["^&", "^&a", "^&abcdefgh", "^&#"],
  },
  "an image is kept together with its address": {
    of: verbatim,
    closes: ["^![a. B](c)‖ d", "^![a]‖ b", "^![a]‖(b∎", "^![a [b] c](d (e))‖ f"],
    opensNothing: ["^!a", "^!∎", "^! [a]", "^![a∎", "^![a\n]"],
    waits: ["^!", "^![", "^![a", "^![a]", "^![a](", "^![a](b"],
  },
  "an address goes on to what cannot be part of it, but for the marks behind it": {
    of: verbatim,
    closes: [
      "^https://a.cn/b‖ c",
      "^https://a.cn/b‖. c",
      "^https://a.cn/b?c=d‖, e",
      "^https://a.cn/(b‖) c",
      "^https://a.cn/b/‖ c",
      "^https://a.cn‖。好",
      "^HTTP://A.cn‖ c",
      "^www.a.cn‖?! c",
      "^ftp://a-b.cn#d%20+e=f&g@h$i‖ c",
      "^mailto:a@b.cn‖∎",
      "^Www.a‖ c",
      "^www.‖. c",
      " ^http://a‖~_:;'*)]. c",
      "(^http://a‖) c",
      "好^http://a‖好",
    ],
    opensNothing: ["a^http://a.cn c", "5^www.a.cn c", "^http:/a", "^how is", "^w∎", "^ww.a", "^mail a", "^f a", "^W."],
    waits: ["^h", "^https:/", "^www", "^www.a", "^http", "^https://a.cn/b.", "^f", "^m", "^H", "^W"],
  },
  "emphasis closes with the marks that opened it, next to what it holds": {
    of: enclosed,
    closes: [
      "^*a*‖ b",
      "^**a**‖ b",
      "^***a***‖ b",
      "^*a**‖ b",
      "^**a**‖* b",
      "^**a * b**‖ c",
      "^**a *b**‖ c** d",
      "^_a_‖ b",
      "^~~a~~‖ b",
      "好^*a*‖好",
      "5^**a**‖ b",
      "a^*好*‖ b",
      "+^_a_‖ b",
      "^*12a*‖ b",
      "^*123456789#*‖ b",
      "^**12#**‖ b",
      "按^**a**‖ b",
      "拨^_a_‖ b",
      "^_#a_‖ b",
      "^_12#a_‖ b",
      `^*${"a".repeat(80)}*‖ b`,
      `^*${"好".repeat(40)}*‖ b`,
      `^*${"a".repeat(78)}**‖ b`,
    ],
    opensNothing: [
      "^* a* b",
      "^*a * b∎",
      "^*a\n* b",
      "^**a* b∎",
      "^*∎",
      "a^*b* c",
      "5^_a_ b",
      "a^__b__ c",
      "a^_好_ c",
      "^~a~ b",
      "^~~~a~~~ b",
      "^****a**** b",
      "按^*a* b",
      "拨^*a* b",
      "^*#a* b",
      "^*12# b*",
      "^*12345678#* b",
      `^*${"a".repeat(81)}* b`,
      `^*${"好".repeat(41)}* b`,
    ],
    waits: ["^*", "^**", "^*a", "^*a*", "^**a*", "^*1", "^*1234567", "^*a * b", "^~", "^_"],
  },
  "a quotation closes with its own mark, whatever stands in it": {
    of: enclosed,
    closes: ["^“a“b”c”‖ d", "^“a. B”‖", "^（好）‖", "^{a}‖ b", "^«a»‖ b", '^"a. B"‖', '好^"好"‖', "^＂a＂‖ b"],
    opensNothing: ["^“a\n”", "^“a∎", 'a^"b"', '5^"b"', '^" b"', '^"∎', '^"a\nb"', "^”a”", "^a"],
    waits: ["^“", "^“a", "^“a“b”", '^"', '^"a', "^（"],
  },
  "a link is kept together with its address": {
    of: enclosed,
    closes: ["^[a. B](c. D)‖ e", "^[a]‖ (b)", "^[a [b] c]‖ d", "^[a]‖(b∎", "^[a](b (c) d)‖ e"],
    opensNothing: ["^[a∎", "^[a\n](b)"],
    waits: ["^[", "^[a", "^[a]", "^[a](b"],
  },
  "an apostrophe opens a quotation before a word, and closes it behind one": {
    of: enclosed,
    closes: ["^'a. B'‖ c", "^'it's so'‖ c", "^‘it’s so’‖ c", "好^'a'‖ b", "^'a'‖好", "^'emu'‖ b"],
    opensNothing: ["a^'b' c", "5^'b' c", "^' b' c", "^'5' c", "^'∎", "^'a∎", "^'a\n'", "^'tis so' c", "^'EM so' c"],
    waits: ["^'", "^'a", "^'a'", "^'t", "^'ti", "^'a b"],
  },
};

for (const [rule, { of, closes, opensNothing, waits }] of Object.entries(rules))
  describe(rule, () => {
    const rows = [
      ...closes.map((text) => [text, known(text).end] as const),
      ...opensNothing.map((text) => [text, "no"] as const),
      ...waits.map((text) => [text, "wait"] as const),
    ];
    for (const [text, expected] of rows)
      it(`${text.replaceAll("\n", "⏎")}: ${expected}`, () => {
        const { window, index } = known(text);
        assert.equal(told(of(window, index)), expected);
      });
  });
