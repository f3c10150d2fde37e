import { writtenSettings } from "../config/file/source.ts";
import { readSettings, SettingsError } from "../config/settings/read.ts";
import { type SettingName, settings } from "../config/settings/settings.ts";
import type { Address } from "../net/address.ts";

/** What `npm start` takes from the environment. */
export interface LaunchSettings {
  /** Look for a model server if none is set. */
  discover: boolean;
  /** Which engines somebody has named. */
  engines: {
    vllmUrls: readonly string[] | undefined;
    vllmApiKey: string | undefined;
    vllmModel: string | undefined;
    fishUrls: readonly string[] | undefined;
  };
  /** Where the page is to be, and whether another port will do. */
  edge: { listen: Address; movable: boolean };
  /** Whether somebody has set a setting. */
  isSet: (setting: string) => boolean;
}

/**
 * Reads the settings of every process that will be started, so that all faults are told before anything runs.
 * Throws SettingsError.
 */
export function readLaunchSettings(env: NodeJS.ProcessEnv): LaunchSettings {
  const written = writtenSettings(env);
  const isSet = (name: string) => written.has(name);
  // In a file they are for the other ways to start: here the services' own addresses come before them.
  for (const name of ["DUET_GENERATE_URL", "DUET_SYNTHESIZE_URL"])
    if (env[name])
      throw new SettingsError(
        `${name} is for an edge of its own (npm run edge): npm start runs the services, unset it`,
      );
  // An engine that is not named is found or stood in for.
  const needless = (["DUET_VLLM_URL", "DUET_FISH_URL"] as const).filter((name) => !isSet(name));
  const names = (Object.keys(settings) as SettingName[]).filter((name) => !needless.some((other) => other === name));
  const read: Partial<ReturnType<typeof readSettings<SettingName>>> = readSettings(names, env);
  const { DUET_DISCOVER, DUET_LISTEN, DUET_VLLM_API_KEY, DUET_VLLM_MODEL, DUET_VLLM_URL, DUET_FISH_URL } = read;
  return {
    discover: DUET_DISCOVER === true,
    engines: {
      vllmUrls: DUET_VLLM_URL,
      vllmApiKey: DUET_VLLM_API_KEY,
      vllmModel: DUET_VLLM_MODEL,
      fishUrls: DUET_FISH_URL,
    },
    edge: { listen: DUET_LISTEN as Address, movable: !isSet("DUET_LISTEN") },
    isSet,
  };
}
