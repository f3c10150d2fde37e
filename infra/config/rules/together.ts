import type { EngineName } from "../../engines/registry.ts";
import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import type { Address } from "../../net/address.ts";
import { address } from "../../settings/kinds.ts";
import type { Config } from "../config.ts";
import { allSettings } from "../declared.ts";
import { type DescribedEngine, describedEngines } from "../described.ts";
import type { Given } from "../file/settings.ts";

/** The input of rules about the whole config. */
interface Whole {
  readonly config: Config;
  readonly given: ReadonlyMap<string, Given>;
}

/** Rules that involve several engines and processes. Their paths begin at the root of the file. */
export const togetherRules: readonly Rule<Whole>[] = [
  {
    id: "duet/same-card",
    severity: "error",
    source: "vllm/config/cache.py gpu_memory_utilization: vLLM allocates its share at startup",
    check({ config }) {
      const { gpuMemoryGib: total, gpuCount } = config.plan.host;
      const described = describedEngines(config);
      for (const [index, { engine, plan }] of described.entries()) {
        const others = described.slice(0, index);
        for (const { card, memoryGib } of engine.cards(plan)) {
          const there = others.filter((other) => takenOf(other, card) > 0);
          const left = leftOn(card, others, total);
          if (there.length === 0 || memoryGib <= left) continue;
          const [other] = there as [DescribedEngine];
          const share = Math.floor((1 - memoryGib / total) * 100 - 2) / 100;
          const field = there.length === 1 && share > 0.3 ? other.engine.cardFields.share : undefined;
          const elsewhere = Array.from({ length: gpuCount }, (_, at) => at).some(
            (at) => memoryGib <= leftOn(at, others, total),
          );
          const moved = elsewhere
            ? "Use other GPUs"
            : "No other GPU has that much memory left: run fewer engines on each";
          return {
            path: engine.cardFields.cards,
            message: `GPU ${card} is also used by ${there.map(({ engine }) => engine.title).join(" and ")}: ${left.toFixed(1)} GiB are left, and ${engine.title} needs about ${memoryGib}`,
            remedy: field === undefined ? `${moved}.` : `${moved}, or set ${field} to ${share}.`,
          };
        }
      }
      return undefined;
    },
  },
  {
    id: "duet/ports",
    severity: "error",
    source: "two servers cannot listen on the same port",
    check({ config, given }) {
      const own = allSettings
        .filter(({ setting }) => setting.kind === address)
        .map(({ path, setting }) => {
          const value = (given.has(path) ? given.get(path)?.value : setting.fallback) as Address | undefined;
          return { path, port: value?.port ?? 0 };
        });
      const theirs = describedEngines(config).flatMap(({ engine, plan }) => engine.ports(plan));
      const ports = [...own, ...theirs].filter(({ port }) => port !== 0);
      for (const [index, { path, port }] of ports.entries()) {
        const other = ports.slice(0, index).find((earlier) => earlier.port === port);
        if (other !== undefined)
          return {
            path,
            message: `port ${port} is also used by ${other.path}`,
            remedy: "Give one of them another port.",
          };
      }
      return undefined;
    },
  },
];

/** How much memory of the GPU `card` an engine takes, in GiB. */
function takenOf({ engine, plan }: DescribedEngine, card: number): number {
  return engine.cards(plan).find((use) => use.card === card)?.memoryGib ?? 0;
}

/** How much of a GPU's memory `engines` leave free if they all run on it, in GiB. */
function leftOn(card: number, engines: readonly DescribedEngine[], total: number): number {
  return engines.reduce((left, engine) => left - takenOf(engine, card), total);
}

/** Conflicts between engines and Duet's settings, and among engines. */
export function judgeTogether(config: Config, given: Whole["given"]): Judgement<never>[] {
  const { settings } = config;
  return [
    ...describedEngines(config).flatMap(({ engine, plan }) => {
      const own = settings[engine.name as EngineName];
      return applyRules(engine.setupRules, { ...settings, plan, own }, () => true);
    }),
    ...applyRules(togetherRules, { config, given }, () => true),
  ];
}
