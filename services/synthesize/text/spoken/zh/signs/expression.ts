/**
 * This file tells whether a sign is part of a calculation, since a hyphen, a slash and an asterisk have many meanings.
 * A calculation is recognized by other signs near it (equals, times, brackets) and by words such as 先算, 括号里, 代入.
 */

const operator = /[=＝≈≠<>≤≥+×÷*√^±]/;
const sumBefore =
  /(?:算式?|计算|口算|心算|竖式|列式|括号里的?|括号内的?|括号中的?|化简[得为]?|代入|减法|求|等于|就是|得到?|即|式子|多项式|表达式|乘以|除以|加上|先算|结果是|答案是)\s?[是为：:]?\s?$/;
const sumAfter =
  /^\s?(?:(?:[-−]\s?\d+(?:\.\d+)?[°%A-Za-z]?\s?){0,6}[=＝≈≠<>≤≥+×÷*√^]|等于|得(?!分|票)|的差|是多少|再[加减乘除]|[再先]?乘|除以|加上|减去|怎么算|结果)/;

/** The text of the same sentence around `[start, end)`, up to `reach` characters on either side. */
function sentence(text: string, start: number, end: number, reach: number): string {
  const left = text.slice(Math.max(0, start - reach), start);
  const right = text.slice(end, end + reach);
  return `${left.slice(Math.max(left.search(/[^。！？；\n]*$/), 0))} ${/^[^。！？；\n]*/.exec(right)?.[0] ?? ""}`;
}

/** Whether two numbers with a hyphen in between, at `[start, end)`, form a subtraction. */
export function isDifference(text: string, start: number, end: number): boolean {
  const left = text.slice(Math.max(0, start - 12), start);
  const right = text.slice(end, end + 40);
  if (/[=＝+×÷*√^]\s?$/.test(left) || sumAfter.test(right) || sumBefore.test(left)) return true;
  if (/[(（]\s?$/.test(left) && /^\s?[)）]\s?(?:[×÷*/+\-−=＝²³^]|\d|乘|除|等于)/.test(right)) return true;
  if (/[×÷*/]\s?[(（]$/.test(left)) return true;
  return /[)）]\s?$/.test(left) && /[×÷*+=＝]/.test(sentence(text, start, end, 16));
}

/** Whether a sign of arithmetic or comparison (=, ×, <) is in the same sentence, at most `reach` characters away. */
export const inFormula = (text: string, start: number, end: number, reach = 24): boolean =>
  /[=＝≠≈<>≤≥≡×÷]|等于|\d\s?[+*]\s?\d/.test(sentence(text, start, end, reach));

/** Whether one of the signs = ≥ ≤ ≈ × ÷ is in the same sentence, at most 30 characters away. */
export const inEquation = (text: string, start: number, end: number): boolean =>
  /[=＝×÷≥≤≈]/.test(sentence(text, start, end, 30));

/** Matches an algebraic term right before a sign: `2a`, `x²`, `a₁`, `f(x)`. */
const termBefore =
  /(?:^|[^A-Za-z\d.])\d*(?:[a-zA-Zπ]|sin|cos|tan|ln|lg)?[a-zπ²³)）⁰-⁹₀-₉ⁿ]$|(?:^|[^A-Za-z])[a-zA-Zπ][²³⁰-⁹₀-₉ⁿ]+$/;
const termAfter =
  /^(?:\d+(?:\.\d+)?)?(?:[a-zπ√|]|[A-Za-z][²³₀-₉⁰-⁹])(?![A-Za-z]{2})|^\d+(?:\.\d+)?(?![\d.]*[A-Za-z]{2})|^[(（]\s?[-−\da-zA-Z]/;

/** Whether algebraic terms are on both sides of `[start, end)`: 2a-3b. */
export const isAlgebra = (text: string, start: number, end: number): boolean =>
  // 15k-25k is a range and not algebra: the same letter follows both numbers.
  !/(?<![A-Za-z\d])\d+(?:\.\d+)?([a-zA-Z])\s?[-–−]\s?\d+(?:\.\d+)?\1(?![A-Za-z²³])/.test(
    text.slice(Math.max(0, start - 6), end + 6),
  ) &&
  termBefore.test(text.slice(Math.max(0, start - 8), start).trimEnd()) &&
  termAfter.test(text.slice(end, end + 8).trimStart());

export { operator };
