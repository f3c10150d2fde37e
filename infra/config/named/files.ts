import { X509Certificate } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { pathsIn } from "../../settings/kind.ts";
import type { LoadedConfig } from "../config.ts";
import { allSettings, nameOf } from "../declared.ts";
import { explain } from "../file/file-fault.ts";
import { originOf } from "../file/tree.ts";
import type { Problem } from "../problem.ts";
import { readTls } from "./credentials.ts";

/** A certificate that expires within this time, in milliseconds, is reported: long enough to have a new one signed. */
const soonMs = 30 * 86_400_000;

/**
 * What is wrong with the files that settings name: certificate files are read as a process would read them, all others
 * are checked for being readable. The result is only valid on the machine where the processes will run. `nowMs` is Unix
 * time.
 */
export function judgeFiles({ config, given, tree }: LoadedConfig, nowMs = Date.now()): Problem[] {
  const problem = (severity: Problem["severity"], path: string, message: string, remedy: string): Problem => {
    const setting = allSettings.find((one) => path === one.path || path.startsWith(`${one.path}.`))?.path ?? path;
    const origin = given.get(setting)?.origin;
    // If a value in the file has several members, the position is that of the member with the problem.
    const place = origin !== undefined && (setting === path || "variable" in origin) ? origin : originOf(tree, path);
    return { severity, origin: place, path, message, remedy, rule: "duet/files" };
  };
  const named = allSettings.flatMap(({ path, setting: { kind } }) => {
    const value = given.get(path)?.value;
    if (value === undefined || path.startsWith("tls.")) return [];
    return pathsIn(kind, value).map(({ at, ...named }) => ({ ...named, setting: at ? `${path}.${at}` : path }));
  });
  const unreadable = named.flatMap(({ setting, path, is, isWritten }) => {
    // A missing folder is not a fault if the process writes to it: the process then creates the folder.
    const fault = isWritten && !existsSync(path) ? undefined : faultOf(path, is === "folder");
    return fault === undefined
      ? []
      : [problem("error", setting, `${path}: ${fault}`, `Correct the path, or create the ${is}.`)];
  });
  const { tls } = config.settings;
  const { faults } = readTls(tls, nowMs);
  const certificates = faults.map(({ path, fault }) => {
    const part = path.slice("tls.".length) as keyof typeof tls;
    const file = tls[part];
    return file === undefined
      ? problem(
          "error",
          path,
          `${path} is not set, but other settings of tls are`,
          "Set tls.cert, tls.key and tls.ca, or none of them.",
        )
      : problem("error", path, `${file}: ${fault}`, remedies[part]);
  });
  return [...unreadable, ...certificates, ...(faults.length === 0 ? expiring(tls.cert, nowMs, problem) : [])];
}

const remedies = {
  cert: `Set tls.cert or ${nameOf("tls.cert")} to the certificate of this process; README.md shows how to create one.`,
  key: `Set tls.key or ${nameOf("tls.key")} to the certificate's private key.`,
  ca: `Set tls.ca or ${nameOf("tls.ca")} to the certificate of the CA that signs both sides.`,
};

function faultOf(file: string, folder: boolean): string | undefined {
  try {
    if (statSync(file).isDirectory() !== folder) return folder ? "is a file, not a folder" : "is a folder, not a file";
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    const fault = explain((error as NodeJS.ErrnoException).code) ?? "cannot be read";
    return folder ? fault.replace("file", "folder") : fault;
  }
}

function expiring(
  cert: string | undefined,
  nowMs: number,
  problem: (severity: "warning", path: string, message: string, remedy: string) => Problem,
): Problem[] {
  if (cert === undefined) return [];
  const { validToDate, validTo } = new X509Certificate(readFileSync(cert));
  if (validToDate.getTime() - nowMs > soonMs) return [];
  return [
    problem(
      "warning",
      "tls.cert",
      `${cert}: expires on ${validTo}`,
      "Create a new one, and send SIGHUP to the process.",
    ),
  ];
}
