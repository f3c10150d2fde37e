/** What is softer than -50 dBFS is not heard. */
const audible = 104;

/** Where in s16le samples the first one stands that can be heard; their count if none can. */
export function firstAudible(pcm: Buffer): number {
  const count = pcm.length >> 1;
  for (let index = 0; index < count; index++) if (Math.abs(pcm.readInt16LE(index * 2)) > audible) return index;
  return count;
}
