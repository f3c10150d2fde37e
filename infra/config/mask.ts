/**
 * Removes passwords from URLs in a text for people: everything before the last `@` of a URL's host, except a user name
 * followed by a colon, and the values of parameters that contain secrets. It judges by appearance, since a text that is
 * misspelt and so not a valid URL may contain a password all the same.
 */
export function maskPasswords(text: string): string {
  return text
    .replace(/([a-z][a-z\d+.-]*:\/\/)([^/?#\s,]*)@/gi, (_, scheme: string, user: string) => {
      const name = /^([^:@]*:)/.exec(user)?.[1] ?? "";
      return `${scheme}${name}…@`;
    })
    .replace(/([?&](?:password|passwd|token|secret|key|api_?key|auth)=)[^&#\s,]*/gi, "$1…");
}
