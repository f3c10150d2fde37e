import type { Manner } from "../../language.ts";
import { end, type Found, type Markup, markup } from "../mark.ts";

const absolute = (inner: string, manner: Manner): string =>
  manner === "zh" ? `${inner}的绝对值` : manner === "en" ? ` the absolute value of ${inner} ` : inner;

function given(match: RegExpExecArray, manner: Manner): Found {
  return { end: end(match), say: manner === "zh" ? "给定" : manner === "en" ? " given " : "|" };
}

/**
 * How vertical bars of mathematics are read: absolute values and conditional probabilities. The bars of tables have
 * already been removed.
 */
export const barMarks: readonly Markup[] = [
  markup("|", /(?<=(?<![A-Za-z])[PEp]\([^()|\n]{1,24})\|(?=[^()|\n]{1,24}\))/, given),
  markup(
    "|",
    /(?<![\w|)\]])\|([A-Za-z\d+−₀-₉²³αβγθλπ√(-][A-Za-z\d+−*/₀-₉²³αβγθλπ√(). -]{0,18}?)(?<! )\|(?![\w|(])/,
    (match, manner) => ({
      end: end(match),
      say: absolute(match[1] ?? "", manner),
    }),
  ),
];
