/** A version of vLLM as numbers. */
export type Version = readonly [major: number, minor: number, patch: number];

/** Parses a version such as `0.29.0`, `v0.29` or `0.28.1rc1`; undefined if the text has none of these forms. */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[.+-]?\w+)*$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Whether a version is the given one or newer. */
export function atLeast(version: Version, text: string): boolean {
  const other = parseVersion(text) as Version;
  for (const [index, part] of version.entries()) {
    const difference = part - (other[index] as number);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
