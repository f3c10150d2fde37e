/** How many requests a twin remembers; older ones are dropped. */
const mostRemembered = 2000;

/** Adds a request to those that a twin has seen. */
export function remember<T>(seen: T[], request: T): void {
  seen.push(request);
  if (seen.length > mostRemembered) seen.shift();
}
