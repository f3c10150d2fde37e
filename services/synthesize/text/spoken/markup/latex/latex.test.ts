import assert from "node:assert/strict";
import { it } from "vitest";
import { speakLatex } from "./latex.ts";

/** Each way in which a piece of a formula is read: as written, in Chinese, in English. */
const rows: Readonly<Record<string, readonly (readonly [written: string, zh: string, en: string])[]>> = {
  fractions: [
    [String.raw`\frac{1}{2}`, "二分之一", "one half"],
    [String.raw`\frac{3}{4}`, "四分之三", "three quarters"],
    [String.raw`\dfrac{2}{3}`, "三分之二", "two thirds"],
    [String.raw`\tfrac12`, "二分之一", "one half"],
    [String.raw`\frac{a}{b}`, "b分之a", "a over b"],
    [String.raw`\frac{1}{101}`, "一百零一分之一", "one over one hundred one"],
    [String.raw`\frac{5}{1}`, "一分之五", "five over one"],
    [String.raw`\frac{3}{2}`, "二分之三", "three halves"],
  ],
  roots: [
    [String.raw`\sqrt{2}`, "根号二", "the square root of two"],
    [String.raw`\sqrt[3]{8}`, "三次根号八", "the cube root of eight"],
    [String.raw`\sqrt[4]{8}`, "四次根号八", "the fourth root of eight"],
    [String.raw`\sqrt[3`, "三次根号", "the cube root of "],
  ],
  accents: [
    [String.raw`\vec{a}`, "向量a", "vector a"],
    [String.raw`\bar{x}`, "x拔", "x bar"],
    [String.raw`\hat x`, "x帽", "x hat"],
  ],
  "what runs from one value to another": [
    [String.raw`\sum_{i=1}^{n} i`, "从i等于一到n求和i", "the sum from i equals one to n of i"],
    [String.raw`\sum i`, "求和i", "the sum of i"],
    [String.raw`\prod^n_1 a`, "从一到n求积a", "the product from one to n of a"],
    [String.raw`\int_0^1 x`, "从零到一的积分x", "the integral from zero to one of x"],
    [String.raw`\int_0 x`, "从零的积分x", "the integral from zero of x"],
    [String.raw`\lim_{x \to 0} y`, "x趋于零时的极限y", "the limit as x approaches zero of y"],
  ],
  logarithms: [
    [String.raw`\log_2 8`, "log二八", "log base two of eight"],
    [String.raw`\log 8`, "log八", "log eight"],
  ],
  "upright letters": [
    [String.raw`\ce{H2O}`, "H₂O", "H₂O"],
    [String.raw`\mathrm{km}`, "公里", "kilometers"],
    [String.raw`\text{if}`, "if", "if"],
    [String.raw`\mathrm{A}`, "A", "A"],
    [String.raw`\text{a {b} c}`, "a {b} c", "a {b} c"],
    [String.raw`\mathrm`, "", ""],
  ],
  commands: [
    [String.raw`\begin{cases}x\end{cases}`, "x", "x"],
    [String.raw`\%`, "百分号", "percent"],
    [String.raw`\left(x\right)`, "x", "x"],
    [String.raw`\,x`, "x", "x"],
    [String.raw`\alpha`, "阿尔法", "alpha"],
    [String.raw`\foo`, "foo", "foo"],
    [String.raw`x\\y`, "xy", "x y"],
  ],
  figures: [
    [String.raw`50\%`, "百分之五十", "fifty percent"],
    [String.raw`100\%`, "百分之百", "one hundred percent"],
    ["1,000.5", "一千点五", "one thousand point five"],
  ],
  powers: [
    ["x^2", "x的平方", "x squared"],
    ["x^{-1}", "x的负一次方", "x to the power of minus one"],
    [String.raw`90^\circ`, "九十度", "ninety degrees"],
    [String.raw`90^{\degree}`, "九十度", "ninety degrees"],
    [String.raw`f^\prime`, "f撇", "f prime"],
    ["f^{'}", "f撇", "f prime"],
    ["e^{x+1}", "e的x加一次方", "e to the power of x plus one"],
  ],
  "letters below": [
    ["x_1", "x一", "x sub one"],
    ["a_{ij}", "aij", "a sub i j"],
  ],
  bars: [
    ["P(A|B)", "PA给定B", "P of A given B"],
    ["|x-1|", "x减一的绝对值", "the absolute value of x minus one"],
    ["a|b", "ab", "a b"],
  ],
  "minus signs": [
    ["-3", "负三", "minus three"],
    ["x=-3", "x等于负三", "x equals minus three"],
    [String.raw`x \le -3`, "x小于等于负三", "x is less than or equal to minus three"],
    ["x - 3", "x减三", "x minus three"],
    ["(-x)", "负x", "minus x"],
  ],
  "brackets of a function": [
    ["f(x)", "fx", "f of x"],
    ["f'(x)", "f撇x", "f prime of x"],
    ["a(b)", "ab", "a b"],
  ],
  "marks and single characters": [
    ["a, b; c，d", "a，b，c，d", "a , b , c , d"],
    ["a.b", "ab", "a b"],
    ["a:b", "ab", "a b"],
    ["x!", "x的阶乘", "x factorial"],
    ["x'", "x撇", "x prime"],
    ["{ab}", "ab", "a b"],
    ["a & b ~ c", "abc", "a b c"],
  ],
};

for (const [what, forms] of Object.entries(rows))
  it(`reads ${what} of a formula`, () => {
    assert.deepEqual(
      forms.map(([written]) => [written, speakLatex(written, "zh"), speakLatex(written, "en")]),
      forms,
    );
  });
