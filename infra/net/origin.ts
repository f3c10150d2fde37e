/** Matches URLs with a scheme that is not for pages, or whose pages have no origin of their own. */
const pageless = /^(?:wss?|ftp|file|data|blob|about|javascript|mailto|redis|rediss|grpc|unix|tcp):/i;

/**
 * The origin in a text, in a browser's notation: scheme and host in lower case, the port only if it is not the default.
 * `https://A.example:443/` becomes `https://a.example`. Undefined if the text is not an origin that a browser could
 * send, for example if it has no scheme, or contains a path or a wildcard.
 */
export function parseOrigin(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@\\\s*]+\/?$/i.test(text) || pageless.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, origin } = new URL(text);
  // A custom scheme (chrome-extension://…, tauri://localhost) has an origin as well, but the URL class does not support
  // such schemes, and says "null".
  return origin === "null" ? `${protocol}//${host.toLowerCase()}` : origin;
}
