import type { AnyEngine } from "../../engines/record.ts";
import { enginesOf } from "../../engines/registry.ts";
import { applyRules, type Judgement, type Rule } from "../../engines/rule.ts";
import { variableOf } from "../../settings/setting.ts";
import type { Config } from "../config.ts";
import { describedEngines } from "../described.ts";
import type { Given } from "../file/settings.ts";

/** The input of rules about voices. */
interface Speaking {
  readonly engine: string | undefined;
  readonly substitutes: Readonly<Record<string, string>>;
  /**
   * The names of the configured speech engines; empty if the engine will only be discovered or simulated at startup.
   */
  readonly used: readonly string[];
}

const known = (): readonly AnyEngine[] => enginesOf("speech");
const names = () =>
  known()
    .map(({ name }) => name)
    .join(", ");
const engineOf = (voice: string) => voice.split("/", 1)[0] as string;
const isFull = (voice: string) => /^[^/]+\/./.test(voice);

/** Rules about the settings that name speech engines and their voices. */
export const voiceRules: readonly Rule<Speaking>[] = [
  {
    id: "duet/default-engine",
    severity: "error",
    source: "infra/engines/registry.ts: an engine is used if its address is set",
    check({ engine, used }) {
      if (engine === undefined || used.includes(engine)) return undefined;
      const path = "synthesize.engine";
      if (!known().some(({ name }) => name === engine))
        return {
          path,
          message: `${path} is ${engine}, which is not a speech engine`,
          remedy: `It must be one of ${names()}.`,
        };
      if (used.length === 0) return undefined;
      return {
        path,
        message: `${path} is ${engine}, whose address is not set`,
        remedy: `Set ${variableOf(`${engine}.url`)}, or use ${used.join(" or ")}.`,
      };
    },
  },
  {
    id: "duet/substitutes",
    severity: "error",
    source: "docs/engines.md: a substitute is a voice of another engine",
    check({ substitutes, used }) {
      for (const [voice, substitute] of Object.entries(substitutes)) {
        const fault = faultOf(voice, substitute, used);
        if (fault !== undefined) return { path: "synthesize.substitutes", ...fault };
      }
      return undefined;
    },
  },
];

function faultOf(
  voice: string,
  substitute: string,
  used: readonly string[],
): { message: string; remedy: string } | undefined {
  const [from, to] = [engineOf(voice), engineOf(substitute)];
  const stranger = [from, to].find((engine) => !known().some(({ name }) => name === engine));
  if (stranger !== undefined)
    return { message: `there is no speech engine ${stranger}`, remedy: `It must be one of ${names()}.` };
  if (voice !== from && !isFull(voice))
    return {
      message: `${voice} is not the name of a voice or an engine`,
      remedy: `Use ${from}, or a voice such as ${from}/emma.`,
    };
  if (!isFull(substitute))
    return { message: `${substitute} is not the full name of a voice`, remedy: `Use a voice such as ${to}/emma.` };
  if (from === to)
    return {
      message: `${substitute} cannot substitute for ${voice}: both need the engine ${to}`,
      remedy: "Use a voice of another engine.",
    };
  if (used.length === 0 || used.includes(to)) return undefined;
  return {
    message: `${substitute} cannot speak: the address of ${to} is not set`,
    remedy: `Set ${variableOf(`${to}.url`)}, or use a voice of another engine.`,
  };
}

/** What is wrong with the settings that name engines and voices. */
export function judgeVoices(config: Config, given: ReadonlyMap<string, Given>): Judgement<never>[] {
  const { engine, substitutes = {} } = config.settings.synthesize;
  const described = describedEngines(config, "speech").map(({ engine }) => engine.name);
  const used = known()
    .map(({ name }) => name)
    .filter((name) => given.has(`${name}.url`) || described.includes(name));
  return applyRules(voiceRules, { engine, substitutes, used }, () => true);
}
