const signs: ReadonlyMap<string, string> = new Map(
  (
    "times × cdot · ast × div ÷ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ pm ± infty ∞ lt < gt > % % $ $ & & # # circ ° degree ° to → rightarrow → Rightarrow → " +
    "pi π alpha α beta β gamma γ delta δ Delta Δ theta θ lambda λ mu μ sigma σ Sigma Σ omega ω Omega Ω phi φ rho ρ epsilon ε"
  )
    .split(" ")
    .flatMap((name, index, all) => (index % 2 === 0 ? [[name, all[index + 1] ?? ""] as const] : [])),
);

/** Puts brackets around a formula, unless it is a single term, such as a number or a letter. */
const term = (inner: string): string => (/^[\p{L}\p{N}.,]*$/u.test(inner.trim()) ? inner.trim() : `(${inner.trim()})`);

/**
 * Converts LaTeX to a one-line formula, `\frac{1}{2}` to 1/2, for languages with rules for symbols. Commands without a
 * symbol keep their names.
 */
export function plainLatex(source: string): string {
  let text = source;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text
      .replace(
        /\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g,
        (_, above: string, below: string) => `${term(above)}/${term(below)}`,
      )
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inner: string) => `√${term(inner)}`)
      .replace(/\\(?:text|mathrm|mathbf|mathit|operatorname)\s*\{([^{}]*)\}/g, "$1")
      .replace(/\^\s*\{\s*\\circ\s*\}|\^\s*\\circ/g, "°")
      .replace(/([_^])\s*\{([^{}\\]*)\}/g, "$1$2");
  }
  return text
    .replace(/\\(?:left|right|big|Big|quad|qquad|[,;:! ])/g, "")
    .replace(/\\([A-Za-z]+|.)/g, (_, name: string) => signs.get(name) ?? ` ${name} `)
    .replace(/[{}\\]/g, "")
    .replace(/_/g, " ");
}
