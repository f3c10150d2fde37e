/** A 32-bit hash of a text, the same on every machine (FNV-1a over its UTF-16 units). Not for secrets. */
export function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
}
