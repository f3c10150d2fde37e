/**
 * The Authorization header of a request: the API key, or else the user and password in the URL. Empty if the request
 * has neither.
 */
export function authorizationOf(url: string, apiKey: string | undefined): Readonly<Record<string, string>> {
  if (apiKey !== undefined) return { authorization: `Bearer ${apiKey}` };
  const { username, password } = new URL(url);
  return username === "" ? {} : { authorization: `Basic ${btoa(decodeURIComponent(`${username}:${password}`))}` };
}
