import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { type CpuProfile, readProfile, type Share } from "../profile/cpu-profile.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** Adds `bench profile`. */
export function addProfileCommand(program: Command): void {
  program
    .command("profile <folder>")
    .summary("tell where the CPU of a run's processes went, from what --profile kept")
    .option("--most <count>", "rooms and functions that are told of each process", "15")
    .action((folder: string, { most }: { most: string }) => {
      const files = readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"));
      if (files.length === 0)
        throw new Error(`${folder} holds no .cpuprofile: run a scenario with --profile ${folder}`);
      for (const file of files) {
        const profile = JSON.parse(readFileSync(join(folder, file), "utf8")) as CpuProfile;
        const { busyMs, gcShare, rooms, functions } = readProfile(profile, root);
        const title = `${file.replace(/\.cpuprofile$/, "")}: ${busyMs.toFixed(0)} ms busy, ${percent(gcShare)} of it garbage collection`;
        process.stdout.write(`${[title, list(rooms, most), "by function", list(functions, most)].join("\n")}\n\n`);
      }
    });
}

function list(shares: readonly Share[], most: string): string {
  return shares
    .slice(0, Number(most))
    .map(({ name, share }) => `  ${percent(share).padStart(7)}  ${name}`)
    .join("\n");
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
