/*
 * Loading is a single pass that never throws and does not stop at the first problem: whoever fixes a file wants to see
 * all problems at once.
 *
 * The order: the file is parsed into a tree in which every value knows its line (`file/source.ts`, `file/parse.ts`).
 * Settings are read from the tree and from the environment, which takes precedence (`file/settings.ts`). The engines'
 * part is a protobuf message in JSON: variables are first written into the tree, and the message is then read from it
 * (`file/engine-variables.ts`, `file/engine.ts`). Each engine turns its part into a plan, with all defaults filled in.
 * Finally rules check the result: those in `rules/` check combinations of settings, those of an engine its plan.
 *
 * At most one problem is reported for a setting. If its value cannot be read, only that is reported: rules saw only the
 * setting's default (see the order of `settingFaults`). A problem points to where it has to be fixed: the variable if
 * the value came from one, otherwise the line in the file. `faults` groups problems by what they affect, so that a
 * process that uses no engine can start although an engine's config is broken.
 *
 * Pitfalls: an invalid value is missing from the config, so rules must cope with missing values. With `secrets: false`,
 * secrets in the file are replaced by placeholders, so nothing may be concluded from their values.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { completeHost, type HostPlan } from "../engines/host.ts";
import type { AnyEngine } from "../engines/record.ts";
import { allEngines, type Plans } from "../engines/registry.ts";
import type { Judgement } from "../engines/rule.ts";
import type { EngineConfig } from "../gen/duet/config/v1/engine_pb.ts";
import { type Draft, type Group, isSetting } from "../settings/setting.ts";
import type { Config, LoadedConfig } from "./config.ts";
import { declared } from "./declared.ts";
import { describedEngines } from "./described.ts";
import { readEngine } from "./file/engine.ts";
import { overlayVariables } from "./file/engine-variables.ts";
import { fileFault } from "./file/file-fault.ts";
import { type Given, readGiven } from "./file/settings.ts";
import { readSource, type Source } from "./file/source.ts";
import { originOf } from "./file/tree.ts";
import type { Problem } from "./problem.ts";
import { judgeAccess } from "./rules/access.ts";
import { judgeAddresses } from "./rules/addresses.ts";
import { judgeCallers } from "./rules/callers.ts";
import { judgeLimits } from "./rules/limits.ts";
import { judgeProfiles } from "./rules/profiles.ts";
import { judgeStored } from "./rules/stored.ts";
import { judgeTogether } from "./rules/together.ts";
import { judgeVoices } from "./rules/voices.ts";

/**
 * Reads and validates the whole configuration, once: the file named by DUET_CONFIG, or ./duet.yaml, overlaid with the
 * environment. `text` is the file's text, if it is not on disk. With `secrets: false`, the secrets that the file refers
 * to are replaced by placeholders, and the result must not be used where their values matter. Never throws: all
 * problems are reported together.
 */
export function loadConfig(env: NodeJS.ProcessEnv, text?: string, { secrets = true } = {}): LoadedConfig {
  const source = readSource(env, text);
  const { file, tree } = source;
  const { given, faults, problems: unknown } = readGiven(tree, env, { folder: dirname(file ?? "."), secrets });
  const engineProblems = overlayVariables(tree, env);

  const written = tree.entries.get("engine")?.value ?? { kind: "scalar", origin: undefined, value: null };
  const { engine, problems } = readEngine(written);
  engineProblems.push(...problems);
  const host = completeHost(engine.host);
  const plans = completeAll(engine, host, source, engineProblems);
  const config: Config = {
    file,
    settings: valuesOf(declared, given) as Draft<typeof declared>,
    engine,
    plan: { host, ...plans },
  };

  const toProblem = (above: string, { rule, path: below, message, remedy }: Judgement<never>): Problem => {
    const path = below.startsWith("host.") ? `engine.${below}` : above + below;
    const { id, severity, source } = rule;
    // If a variable sets the value, the variable has to be corrected, whatever the file contains.
    const origin = given.get(path)?.origin ?? originOf(tree, path);
    return { severity, origin, path, message, remedy, rule: id, source };
  };
  const barred = [
    ...judgeLimits(config),
    ...judgeAccess(config),
    ...judgeStored(config),
    ...judgeVoices(config, given),
  ].map((found) => [found.path, toProblem("", found)] as const);
  const settingFaults = new Map([...barred, ...faults]);
  const judged = [
    ...describedEngines(config).flatMap(({ engine, plan }) =>
      engine.judge(plan).map((found) => toProblem(`engine.${engine.name}.`, found)),
    ),
    ...[
      ...judgeTogether(config, given),
      ...judgeProfiles(config),
      ...judgeAddresses(config),
      ...judgeCallers(config),
    ].map((found) => toProblem("", found)),
  ];
  const common = [...source.problems, ...unknown];
  return {
    config,
    problems: [...common, ...settingFaults.values(), ...engineProblems, ...judged].toSorted(byPlace),
    faults: {
      common,
      settings: settingFaults,
      engines: [...engineProblems, ...judged.filter(({ path }) => path.startsWith("engine."))],
    },
    given,
    tree,
  };
}

/** The values of a group of settings: for each setting the given value, or else the default. */
function valuesOf(group: Group, given: ReadonlyMap<string, Given>, above = ""): object {
  return Object.fromEntries(
    Object.entries(group).map(([name, member]) => {
      const path = above + name;
      if (!isSetting(member)) return [name, valuesOf(member, given, `${path}.`)];
      return [name, given.has(path) ? given.get(path)?.value : member.fallback];
    }),
  );
}

function completeAll(engine: EngineConfig, host: HostPlan, source: Source, problems: Problem[]): Plans {
  const parts: { readonly [name: string]: unknown } = engine;
  const plans = allEngines.map((record) => {
    const part = parts[record.name];
    if (part === undefined) return [record.name, undefined];
    return [record.name, record.complete(part, host, readAttachment(record, part, source, problems))];
  });
  return Object.fromEntries(plans);
}

function readAttachment(engine: AnyEngine, part: unknown, { file, tree }: Source, problems: Problem[]): unknown {
  const attachment = engine.attachment?.(part);
  if (attachment === undefined) return undefined;
  const path = `engine.${engine.name}.${attachment.path}`;
  const place = resolve(dirname(file ?? "."), attachment.file);
  try {
    return engine.readAttachment?.(readFileSync(place, "utf8"));
  } catch (error) {
    const message = `${place} is not a ${attachment.what}: ${fileFault(error)}`;
    problems.push({ severity: "error", origin: originOf(tree, path), path, message, remedy: attachment.remedy });
    return undefined;
  }
}

function byPlace(a: Problem, b: Problem): number {
  const line = ({ origin }: Problem) =>
    origin !== undefined && "line" in origin ? origin.line * 1000 + origin.column : 0;
  return line(a) - line(b);
}
