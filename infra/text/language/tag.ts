/** The longest tag that is taken; BCP 47 asks for no more than 35 characters. */
const longestTag = 64;

/** A BCP 47 tag as it is best written ("pt-BR" of "PT-br"); undefined for what is none. */
export function canonicalTag(tag: string): string | undefined {
  if (tag.length > longestTag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
