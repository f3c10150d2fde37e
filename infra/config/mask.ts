/**
 * Replaces secrets in the URLs of a text by `…`: the values of parameters such as `token`, and everything between the
 * scheme and the last `@` before the path, except a user name with its colon. URLs are recognized by appearance, since
 * even a misspelled URL that is no longer valid may contain a password.
 */
export function maskPasswords(text: string): string {
  return text
    .replace(/([a-z][a-z\d+.-]*:\/\/)([^/?#\s,]*)@/gi, (_, scheme: string, user: string) => {
      const name = /^([^:@]*:)/.exec(user)?.[1] ?? "";
      return `${scheme}${name}…@`;
    })
    .replace(/([?&](?:password|passwd|token|secret|key|api_?key|auth)=)[^&#\s,]*/gi, "$1…");
}
