/**
 * A text for people's eyes, in which addresses have no passwords: what stands before the last `@` of an address's host, save a user's
 * name that a colon ends, and the values of parameters that hold secrets. It goes by the look of a text, for one that is no address
 * because it is misspelt may hold a password all the same.
 */
export function maskPasswords(text: string): string {
  return text
    .replace(/([a-z][a-z\d+.-]*:\/\/)([^/?#\s,]*)@/gi, (_, scheme: string, user: string) => {
      const name = /^([^:@]*:)/.exec(user)?.[1] ?? "";
      return `${scheme}${name}…@`;
    })
    .replace(/([?&](?:password|passwd|token|secret|key|api_?key|auth)=)[^&#\s,]*/gi, "$1…");
}
