import type { LoadedConfig } from "../config/config.ts";
import { allSettings, type declared, nameOf, type SettingPath } from "../config/declared.ts";
import { loadConfig } from "../config/load.ts";
import { processes } from "../config/processes.ts";
import { explainChoice, faultsOf, usedEngines } from "../config/read-process.ts";
import type { AnyEngine } from "../engines/record.ts";
import { enginesOf } from "../engines/registry.ts";
import type { Address } from "../net/address.ts";
import { SettingsError } from "../settings/error.ts";
import { address } from "../settings/kinds.ts";
import { type Values, variableOf } from "../settings/setting.ts";
import type { NamedEngine } from "./engines.ts";

/** The settings that `npm start` reads from the environment. */
export interface LaunchSettings {
  /** Whether to look for a model server if no setting names one. */
  readonly discover: boolean;
  /** The model server that the settings name, with its key; `modelName` is the model to request from this server. */
  readonly model: NamedEngine | undefined;
  readonly modelName: string | undefined;
  /** The speech engines that the settings name; the first one speaks when a voice does not name its engine. */
  readonly voices: readonly NamedEngine[];
  /** The engine that speaks if a voice names none, as set by `synthesize.engine`; undefined if that is not set. */
  readonly voiceEngine: string | undefined;
  /** The address of Duet's web page; `movable`: another port may be used instead. */
  readonly edge: { readonly listen: Address; readonly movable: boolean };
  /** Addresses that were set explicitly, so that no other address may be used instead. */
  readonly fixed: readonly { readonly address: Address; readonly setting: string }[];
  /** Whether a setting is set in the file or the environment. */
  readonly isSet: (path: SettingPath) => boolean;
}

/**
 * Reads the settings of every process that will be started, so that all faults are reported before anything runs.
 * Throws SettingsError.
 */
export function readLaunchSettings(env: NodeJS.ProcessEnv): LaunchSettings {
  // The URLs of the services are settings for other ways of starting Duet; here the services' actual addresses are
  // used. So these settings are ignored in a file, and are an error in the environment.
  for (const name of [nameOf("edge.generateUrl"), nameOf("edge.synthesizeUrl")])
    if (env[name])
      throw new SettingsError(
        `unset ${name}: npm start runs Generate and Synthesize itself; the setting is only for an edge started with npm run edge`,
      );
  const loaded = loadConfig(env);
  const lines = faultsOf(loaded, () => true);
  const chat = usedEngines(processes.generate.engines, loaded);
  const speech = usedEngines(processes.synthesize.engines, loaded);
  if (chat.length > 1) lines.push(explainChoice(enginesOf(processes.generate.engines), chat, loaded));
  if (lines.length > 0) throw new SettingsError(lines.join("\n"));
  const { discover, edge, synthesize, vllm } = loaded.config.settings as Values<typeof declared>;
  const isSet = (path: SettingPath) => loaded.given.has(path);
  return {
    discover,
    model: chat[0] && named(chat[0], loaded),
    modelName: vllm.model,
    voices: speech.map((engine) => named(engine, loaded)),
    voiceEngine: synthesize.engine,
    edge: { listen: edge.listen, movable: !isSet("edge.listen") },
    fixed: listenPaths
      .filter(isSet)
      .map((path) => ({ address: loaded.given.get(path)?.value as Address, setting: nameOf(path) })),
    isSet,
  };
}

/** The address settings of all processes that are started. */
const listenPaths = allSettings
  .filter(({ setting }) => setting.kind === address)
  .map(({ path }) => path as SettingPath);

function named(engine: AnyEngine, { config }: LoadedConfig): NamedEngine {
  const groups: Readonly<Record<string, unknown>> = config.settings;
  const { url, apiKey } = groups[engine.name] as { url: readonly string[]; apiKey?: string };
  return { name: engine.name, title: engine.title, variable: variableOf(`${engine.name}.url`), urls: url, apiKey };
}
