import { basename } from "node:path";
import type { LoadedConfig } from "../config/config.ts";
import { allSettings } from "../config/declared.ts";
import { maskPasswords } from "../config/mask.ts";
import { secretVariable } from "../config/named/secret-variable.ts";
import { type ProcessName, processes, takes } from "../config/processes.ts";
import { usedEngines } from "../config/read-process.ts";
import type { MountedFile, SecretVariable } from "../engines/container.ts";
import { isLoopback } from "../net/address.ts";
import { isSecret } from "../settings/kind.ts";
import type { EngineParts } from "./engine-parts.ts";

/** Settings that are written for a process, with their values as variables say them. */
function* writtenSettings(name: ProcessName, { given }: LoadedConfig) {
  for (const one of allSettings) {
    const value = given.get(one.path)?.value;
    if (value === undefined || !takes(name, one.path)) continue;
    // On one loopback interface there is nothing to encrypt.
    if (!one.path.startsWith("tls.")) yield { ...one, value, text: one.setting.kind.write(value) };
  }
}

/** Settings that are written for a process, as variables. */
export function writtenFor(name: ProcessName, loaded: LoadedConfig): Record<string, string> {
  return Object.fromEntries(
    [...writtenSettings(name, loaded)]
      .filter(({ setting, value }) => !isSecret(setting.kind, value))
      .map(({ variable, text }) => [variable, text]),
  );
}

/** Files that a process is told of: they are brought into its container. */
export function filesFor(name: ProcessName, loaded: LoadedConfig): MountedFile[] {
  return [...writtenSettings(name, loaded)]
    .filter(({ setting }) => setting.kind.path === true)
    .map(({ path, text }) => ({ setting: path, host: text, container: `/etc/duet/${basename(text)}` }));
}

/** In a container this machine is the container: an engine or a store that runs elsewhere has to be named by where it is. */
export function refuseLoopback(name: ProcessName, loaded: LoadedConfig, own: readonly EngineParts[]): void {
  for (const { path, text } of writtenSettings(name, loaded)) {
    const [group, key] = path.split(".");
    if (key !== "url" || own.some(({ engine }) => engine.name === group)) continue;
    const here = text.split(",").find((url) => isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, "")));
    if (here !== undefined)
      throw new Error(
        `${path}: ${maskPasswords(here)} is the container itself, once it is asked from inside of one: name the host as others see it (host.docker.internal:host-gateway in compose)`,
      );
  }
}

/**
 * The secrets of a process. Those of its own and of the engine that it speaks to may be set later: one is needed if it was written, or
 * if an engine is started with it.
 */
export function secretsFor(name: ProcessName, loaded: LoadedConfig, own: readonly EngineParts[]): SecretVariable[] {
  const { given } = loaded;
  const { engines: kind } = processes[name];
  const elsewhere = kind === undefined ? [] : usedEngines(kind, loaded);
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
