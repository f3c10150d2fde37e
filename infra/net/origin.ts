/** Schemes whose pages have no origin of their own, or that are no pages at all. */
const pageless = /^(?:wss?|ftp|file|data|blob|about|javascript|mailto|redis|rediss|grpc|unix|tcp):/i;

/**
 * The origin that a text names, as a browser writes it: scheme and host in small letters, a port only where it is not the scheme's own.
 * `https://A.example:443/` is `https://a.example`. Undefined if the text names none that a browser could send: no scheme, a path, a wildcard.
 */
export function parseOrigin(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/?#@\\\s*]+\/?$/i.test(text) || pageless.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, origin } = new URL(text);
  // A program's own scheme (chrome-extension://…, tauri://localhost) has an origin too, which only URL does not know.
  return origin === "null" ? `${protocol}//${host.toLowerCase()}` : origin;
}
