/**
 * Converts the argument of `\ce{…}` to plain text for the formula rules: numbers after symbols become subscripts,
 * charges become superscripts, and arrows become signs.
 */
export function plainChemistry(source: string): string {
  const lowered = "₀₁₂₃₄₅₆₇₈₉";
  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return source
    .replace(/<=>|<-->|<->/g, " ⇌ ")
    .replace(/-+>(?:\[[^\]]*\])*/g, " → ")
    .replace(
      /\^\{?(\d*)([+-])\}?/g,
      (_, digits: string, sign: string) =>
        [...digits].map((d) => raised[Number(d)]).join("") + (sign === "+" ? "⁺" : "⁻"),
    )
    .replace(/_\{?(\d+)\}?/g, (_, digits: string) => [...digits].map((d) => lowered[Number(d)]).join(""))
    .replace(/(?<=[A-Za-z)\]])\d+/g, (digits) => [...digits].map((d) => lowered[Number(d)]).join(""))
    .replace(/(?<=\s)\^(?=\s|$)/g, "↑")
    .replace(/(?<=\s)v(?=\s|$)/g, "↓")
    .replace(/[{}\\$]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
