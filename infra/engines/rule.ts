/** A rule about an engine's config: something that the engine rejects at startup, or silently handles wrongly. */
export interface Rule<Plan> {
  /** The rule's name in messages and tests: `vllm/heads`. */
  readonly id: string;
  /** An error keeps the engine from starting or from working correctly; a warning does not. */
  readonly severity: "error" | "warning";
  /** The engine's versions to which the rule applies: from `from` on, and before `before`; absent: all versions. */
  readonly versions?: { readonly from?: string; readonly before?: string };
  /** The source of the rule: a file of the engine, an issue, a page of its documentation. */
  readonly source: string;
  /** Returns what is wrong with a plan; undefined if nothing is. */
  check(plan: Plan): Finding | undefined;
}

/** What a rule found wrong with a plan. */
export interface Finding {
  /** The field to change, relative to its engine: `parallelism.tensor`. */
  readonly path: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to fix the problem, in one sentence. */
  readonly remedy: string;
}

/** A finding with the rule that made it. */
export interface Judgement<Plan> extends Finding {
  readonly rule: Rule<Plan>;
}

/**
 * Applies every rule that concerns the engine's version in the plan; `holds` says whether a range of versions includes
 * that version.
 */
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
