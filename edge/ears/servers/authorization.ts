/** The header that signs a request in: a key, or else the user in an address. None if there is neither. */
export function authorizationOf(url: string, apiKey: string | undefined): Readonly<Record<string, string>> {
  if (apiKey !== undefined) return { authorization: `Bearer ${apiKey}` };
  const { username, password } = new URL(url);
  return username === "" ? {} : { authorization: `Basic ${btoa(decodeURIComponent(`${username}:${password}`))}` };
}
