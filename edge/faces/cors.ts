import type { IncomingMessage } from "node:http";

// Chromium caches a preflight for two hours at most.
const preflightMaxAgeSeconds = "7200";

/** What a browser is told of a call from another origin. */
export interface CorsVerdict {
  /** It asks whether it may call. */
  readonly isPreflight: boolean;
  /** It may not. */
  readonly refused: boolean;
  /** To be sent with the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Judges a call by the origin of its page: `origins` names those that may, `*` names all. A client library sends headers of its own, and no
 * header of a call is of use to anybody without a key: those that are asked for are allowed.
 */
export function judgeOrigin({ method, headers }: IncomingMessage, origins: readonly string[]): CorsVerdict {
  const { origin } = headers;
  const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
  if (origin === undefined) return { isPreflight, refused: isPreflight, headers: {} };
  if (!origins.includes("*") && !origins.includes(origin))
    return { isPreflight, refused: isPreflight, headers: { vary: "origin" } };
  const asked = headers["access-control-request-headers"];
  return {
    isPreflight,
    refused: false,
    headers: {
      vary: "origin",
      "access-control-allow-origin": origin,
      "access-control-expose-headers": "*, x-request-id, retry-after, retry-after-ms, x-should-retry",
      ...(isPreflight && {
        "access-control-allow-methods": "GET, POST",
        "access-control-max-age": preflightMaxAgeSeconds,
        ...(typeof asked === "string" && { "access-control-allow-headers": asked }),
      }),
    },
  };
}
