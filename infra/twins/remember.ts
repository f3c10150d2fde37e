/** How many requests a stand-in remembers; older ones are dropped. */
const mostRemembered = 2000;

/** Adds a request to those that a stand-in has seen. */
export function remember<T>(seen: T[], request: T): void {
  seen.push(request);
  if (seen.length > mostRemembered) seen.shift();
}
