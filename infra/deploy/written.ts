import { basename, resolve } from "node:path";
import type { LoadedConfig } from "../config/config.ts";
import { allSettings } from "../config/declared.ts";
import { maskPasswords } from "../config/mask.ts";
import { secretVariable } from "../config/named/secret-variable.ts";
import { type ProcessName, processes, takes } from "../config/processes.ts";
import { usedEngines } from "../config/read-process.ts";
import type { MountedFile, SecretVariable } from "../engines/container.ts";
import { isLocalName, parseHost } from "../net/host.ts";
import { isSecret, type NamedPath, pathsIn } from "../settings/kind.ts";
import { httpUrl, httpUrls, redisUrl } from "../settings/kinds.ts";
import type { EngineParts } from "./engine-parts.ts";

/** The settings that are explicitly set for a process. */
function* writtenSettings(name: ProcessName, { given }: LoadedConfig) {
  for (const one of allSettings) {
    const value = given.get(one.path)?.value;
    if (value === undefined || !takes(name, one.path)) continue;
    // TLS settings are left out: on a shared loopback interface nothing needs to be encrypted.
    if (!one.path.startsWith("tls.")) yield { ...one, value };
  }
}

/**
 * The settings that are explicitly set for a process, as variables. File paths in them are those inside its container.
 */
export function writtenFor(name: ProcessName, loaded: LoadedConfig): Record<string, string> {
  return Object.fromEntries(
    [...writtenSettings(name, loaded)]
      .filter(({ setting, value }) => !isSecret(setting.kind, value))
      .map(({ path, variable, setting: { kind }, value }) => {
        const inContainer = kind.mapPaths?.(value, (named) => placeOf(path, named)) ?? value;
        return [variable, kind.write(inContainer)];
      }),
  );
}

/** The files and folders that a process's settings name, to be mounted into its container. */
export function filesFor(name: ProcessName, loaded: LoadedConfig): MountedFile[] {
  return [...writtenSettings(name, loaded)].flatMap(({ path, setting, value }) =>
    pathsIn(setting.kind, value).map((named) => ({
      setting: settingOf(path, named),
      is: named.is,
      isWritten: named.isWritten === true,
      host: resolve(named.path),
      container: placeOf(path, named),
    })),
  );
}

/**
 * The path inside a container of a file that a setting names. The file is named after the setting: the lexicons of two
 * profiles may have the same name in different folders of the host, and a cluster allows only letters, digits, `.`, `_`
 * and `-`.
 */
function placeOf(path: string, named: NamedPath): string {
  const [extension = ""] = /\.[A-Za-z\d]{1,16}$/.exec(basename(named.path)) ?? [];
  return `${filesFolder}/${settingOf(path, named)}${extension}`;
}

/** The folder in a container for the files that settings name. */
export const filesFolder = "/etc/duet";

function settingOf(path: string, { at }: NamedPath): string {
  return at === undefined ? path : `${path}.${at}`;
}

const addresses: ReadonlySet<unknown> = new Set([httpUrl, httpUrls, redisUrl]);
/** Settings in which a loopback address is allowed: no process calls their URLs, or the deployment overrides them. */
const notAsked: ReadonlySet<string> = new Set(["edge.publicUrl", "edge.generateUrl", "edge.synthesizeUrl"]);

/**
 * Throws if a setting names a server by a loopback address: inside a container such an address means the container
 * itself, so a server that runs elsewhere must be given by another host name.
 */
export function refuseLoopback(name: ProcessName, loaded: LoadedConfig, own: readonly EngineParts[]): void {
  for (const { path, setting, value } of writtenSettings(name, loaded)) {
    if (!addresses.has(setting.kind) || notAsked.has(path)) continue;
    if (own.some(({ engine }) => path === `${engine.name}.url`)) continue;
    const urls = setting.kind.write(value).split(",");
    const here = urls.find((url) => isLocalName(parseHost(new URL(url).host)?.name ?? ""));
    if (here !== undefined)
      throw new Error(
        `${path}: ${maskPasswords(here)} would mean the container itself once Duet runs in one: use a host name that containers can reach (in compose: host.docker.internal:host-gateway)`,
      );
  }
}

/**
 * The secrets that a process needs: its own, and those of its engines. A secret is required if the config gives it, or
 * if an engine of the deployment is started with it. All others are optional, since they may be set later.
 */
export function secretsFor(name: ProcessName, loaded: LoadedConfig, own: readonly EngineParts[]): SecretVariable[] {
  const { given } = loaded;
  const { engines: kind } = processes[name];
  const elsewhere = usedEngines(kind, loaded);
  const groups = new Set([name, ...own.map(({ engine }) => engine.name), ...elsewhere.map(({ name }) => name)]);
  const asked = own.flatMap(({ servers }) => servers.flatMap(({ secretArgs }) => secretArgs));
  return allSettings
    .filter(({ path, setting }) => isSecret(setting.kind, given.get(path)?.value) && takes(name, path))
    .filter(({ path }) => given.has(path) || groups.has(path.split(".")[0] as string))
    .map(({ path, variable }) => ({
      variable,
      from: secretVariable(loaded, path),
      optional: !given.has(path) && !asked.some((argument) => argument.variable === variable),
    }));
}
