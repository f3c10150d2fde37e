import type { EngineSettings, Setup } from "./record.ts";
import type { Rule } from "./rule.ts";

/** Makes a rule that warns if an engine has more or fewer URLs than the number of servers that its config starts. */
export function serversNamed<Plan extends { readonly gpus: readonly number[] }, Settings extends EngineSettings>(
  engine: string,
): Rule<Setup<Plan, Settings>> {
  return {
    id: `duet/${engine}-servers`,
    severity: "warning",
    source: "a server that is not listed stays idle",
    check({ own, plan: { gpus } }) {
      const { url } = own as { readonly url: readonly string[] | undefined };
      if (url === undefined || url.length === gpus.length) return undefined;
      return {
        path: `${engine}.url`,
        message: `servers listed: ${url.length}; servers that engine.${engine}.gpus starts, one on each GPU: ${gpus.length}`,
        remedy: "List the address of each server exactly once.",
      };
    },
  };
}
