/** The maximum length of a language tag, in characters; BCP 47 recommends supporting 35. */
const longestTag = 64;

/** A BCP 47 tag in its canonical form ("pt-BR" for "PT-br"); undefined if it is not valid. */
export function canonicalTag(tag: string): string | undefined {
  if (tag.length > longestTag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
