import type { Memory } from "../engines/container.ts";

/** Bytes of a MiB. */
export const MiB = 2 ** 20;

/** The memory of a process of ours, which holds some 200 MiB, and what it keeps on purpose besides, in bytes. */
export function memoryOf(keptBytes: number): Memory {
  return { asked: 256 * MiB + keptBytes, most: 1_024 * MiB + keptBytes };
}

/** A number of bytes in whole MiB, rounded up. */
export function inMiB(bytes: number): number {
  return Math.ceil(bytes / MiB);
}
