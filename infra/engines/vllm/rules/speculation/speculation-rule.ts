import type { Rule } from "../../../rule.ts";
import type { VllmPlan } from "../../plan.ts";
import type { SpeculationPlan } from "../../speculation-plan.ts";

/**
 * Creates a rule that applies only with speculative decoding. `check` returns the name of a field of the chosen method
 * or, if `above` is true, of `speculation` itself.
 */
export function rule(
  id: string,
  severity: "error" | "warning",
  source: string,
  check: (
    speculation: SpeculationPlan,
    plan: VllmPlan,
  ) => { field: string; above?: true; message: string; remedy: string } | undefined,
): Rule<VllmPlan> {
  return {
    id: `vllm/${id}`,
    severity,
    source,
    check(plan) {
      const { speculation } = plan;
      const found = speculation === undefined ? undefined : check(speculation, plan);
      if (speculation === undefined || found === undefined) return undefined;
      const path = ["speculation", found.above ? "" : speculation.field, found.field].filter((part) => part !== "");
      return { path: path.join("."), message: found.message, remedy: found.remedy };
    },
  };
}
