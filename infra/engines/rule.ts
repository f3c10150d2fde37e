/** One thing that an engine refuses at its start, or silently gets wrong. */
export interface Rule<Plan> {
  /** Its name, in messages and tests: `vllm/heads`. */
  readonly id: string;
  /** An error keeps the engine from starting or the answers from being right; a warning does not. */
  readonly severity: "error" | "warning";
  /** The versions it holds for, from the first on and before the second; absent: all. */
  readonly versions?: { readonly from?: string; readonly before?: string };
  /** Where it is known from: a file of the engine, an issue, a page of its documentation. */
  readonly source: string;
  /** What is wrong with a plan; undefined if nothing is. */
  check(plan: Plan): Finding | undefined;
}

/** What a rule found. */
export interface Finding {
  /** The field to change, below its engine: `parallelism.tensor`. */
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do, in one sentence. */
  readonly remedy: string;
}

/** A finding with the rule that made it. */
export interface Judgement<Plan> extends Finding {
  readonly rule: Rule<Plan>;
}

/** Applies every rule that holds for the plan's version, as `holds` tells. */
export function applyRules<Plan>(
  rules: readonly Rule<Plan>[],
  plan: Plan,
  holds: (versions: NonNullable<Rule<Plan>["versions"]>) => boolean,
): Judgement<Plan>[] {
  return rules
    .filter(({ versions }) => versions === undefined || holds(versions))
    .flatMap((rule) => {
      const finding = rule.check(plan);
      return finding === undefined ? [] : [{ rule, ...finding }];
    });
}
