import { httpUrls, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How the tones are reached: `tones` in duet.yaml. */
export const tonesSettings = {
  url: optional(httpUrls, "Servers that make tones instead of speech, comma-separated."),
  apiKey: optional(secret(), "Sent to them as a bearer token, for a proxy that asks for one."),
  timeoutMs: setting(
    whole(100, 600_000),
    10_000,
    "How long a tone may take for one segment. 10 s: it is computed faster than it sounds.",
  ),
};
