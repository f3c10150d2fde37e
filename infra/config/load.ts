import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { judgeFish } from "../engines/fish/judge.ts";
import { completeFish, type FishPlan } from "../engines/fish/plan.ts";
import { completeHost, type HostPlan } from "../engines/host.ts";
import { judgeVllm } from "../engines/vllm/judge.ts";
import { type ModelConfigFile, readModelConfig } from "../engines/vllm/model/geometry.ts";
import { completeVllm, type VllmPlan } from "../engines/vllm/plan.ts";
import type { EngineConfig } from "../gen/duet/config/v1/engine_pb.ts";
import { readEngine } from "./file/engine.ts";
import { overlayVariables } from "./file/engine-variables.ts";
import { readSources, type Sources } from "./file/source.ts";
import { originOf } from "./file/tree.ts";
import type { Problem } from "./problem.ts";
import { checkSettings } from "./settings/read.ts";
import { type SettingName, type Settings, settings } from "./settings/settings.ts";
import { judgeTogether } from "./together.ts";

/** All that one deployment is told: file, environment and defaults together. */
export interface Config {
  /** The file it was read from; undefined if there is none. */
  readonly file: string | undefined;
  /** Settings by their variable; those without a default are absent while nobody sets them. */
  readonly settings: Partial<Settings<SettingName>>;
  /** The engines as they were written: what `GetEngine` returns. */
  readonly engine: EngineConfig;
  /** The same with nothing left open. An engine that is absent is stood in for. */
  readonly plan: { readonly host: HostPlan; readonly vllm: VllmPlan | undefined; readonly fish: FishPlan | undefined };
}

/** A config, and what is wrong with it. */
export interface LoadedConfig {
  /** Whole even if there are errors: what is wrong is left out. */
  readonly config: Config;
  /** Sorted by place; an error among them means: do not use it. */
  readonly problems: readonly Problem[];
  /** Where each value was written. */
  readonly sources: Sources;
}

/** Settings that a process needs and a deployment can do without: they are found, or stood in for. */
const needless: readonly SettingName[] = ["DUET_VLLM_URL", "DUET_FISH_URL"];

/**
 * Reads and checks everything: the file that DUET_CONFIG names or ./duet.yaml, over it the environment. `text` is the file's
 * text, if it is not on disk. Never throws: whatever is wrong is a problem, all of them at once.
 */
export function loadConfig(env: NodeJS.ProcessEnv, text?: string): LoadedConfig {
  const sources = readSources(env, text);
  const names = (Object.keys(settings) as SettingName[]).filter(
    (name) => !needless.includes(name) || sources.written.has(name),
  );
  const checked = checkSettings(names, sources);
  const problems = [...sources.problems, ...checked.problems, ...overlayVariables(sources.tree, env)];

  const written = sources.tree.entries.get("engine")?.value ?? { kind: "scalar", origin: undefined, value: null };
  const { engine, problems: engineProblems } = readEngine(written);
  problems.push(...engineProblems);
  const host = completeHost(engine.host);
  const model = readModelFile(engine, sources, problems);
  const vllm = engine.vllm && completeVllm(engine.vllm, host, model);
  const fish = engine.fish && completeFish(engine.fish, host);
  const config: Config = { file: sources.file, settings: checked.values, engine, plan: { host, vllm, fish } };

  const judge = (
    above: string,
    found: {
      rule: { id: string; severity: Problem["severity"]; source: string };
      path: string;
      message: string;
      remedy: string;
    },
  ) => {
    const path = found.path.startsWith("host.")
      ? `engine.${found.path}`
      : [above, found.path].filter((part) => part !== "").join(".");
    const { id, severity, source } = found.rule;
    problems.push({
      severity,
      origin: originOf(sources.tree, path),
      path,
      message: found.message,
      remedy: found.remedy,
      rule: id,
      source,
    });
  };
  for (const found of vllm === undefined ? [] : judgeVllm(vllm)) judge("engine.vllm", found);
  for (const found of fish === undefined ? [] : judgeFish(fish)) judge("engine.fish", found);
  for (const found of judgeTogether(config)) judge("", found);
  return { config, problems: problems.toSorted(byPlace), sources };
}

function readModelFile(
  engine: EngineConfig,
  { file, tree }: Sources,
  problems: Problem[],
): ModelConfigFile | undefined {
  const named = engine.vllm?.model?.configFile;
  if (named === undefined) return undefined;
  try {
    return readModelConfig(readFileSync(resolve(dirname(file ?? "."), named), "utf8"));
  } catch (error) {
    const path = "engine.vllm.model.configFile";
    const message = `${named} is no config.json of a model: ${(error as Error).message}`;
    const remedy = "Name the config.json that lies beside the model's weights, relative to this file.";
    problems.push({ severity: "error", origin: originOf(tree, path), path, message, remedy });
    return undefined;
  }
}

function byPlace(a: Problem, b: Problem): number {
  const line = ({ origin }: Problem) =>
    origin !== undefined && "line" in origin ? origin.line * 1000 + origin.column : 0;
  return line(a) - line(b);
}
