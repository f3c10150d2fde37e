import type { Memory } from "../engines/container.ts";

/** The number of bytes in a MiB. */
export const MiB = 2 ** 20;

/** The memory request and limit of one of our processes, which takes some 200 MiB plus the `keptBytes` it keeps. */
export function memoryOf(keptBytes: number): Memory {
  return { asked: 256 * MiB + keptBytes, most: 1_024 * MiB + keptBytes };
}

/** A number of bytes in whole MiB, rounded up. */
export function inMiB(bytes: number): number {
  return Math.ceil(bytes / MiB);
}
