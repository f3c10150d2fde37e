import { choice, folder, httpUrls, list, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches Fish-Speech: the group `fish` in duet.yaml. */
export const fishSettings = {
  url: optional(httpUrls, "The Fish-Speech workers, comma-separated; each serves one request at a time."),
  apiKey: optional(secret(), "Sent to Fish-Speech as a bearer token."),
  mode: setting(
    choice(["1.4", "1.5.0", "1.5.1", "s1", "s2"]),
    "s2",
    "The generation of Fish-Speech: each generation has its own protocol. It is checked against the running server.",
  ),
  references: optional(
    folder,
    "A folder of reference voices that are sent with each request: VOICE/recording.wav, and recording.lab with its transcript.",
  ),
  voices: setting(
    list,
    [],
    "The voices offered, by their reference ids, comma-separated, the default first. Empty: all that Fish-Speech lists.",
  ),
  withoutReference: setting(
    choice(["unready", "pin", "random"]),
    "unready",
    "What to do if Fish-Speech has no reference voice, so that each request would be spoken in a different voice. unready: accept no requests. pin: use the first audio of a text as the reference for the rest of it. random: accept changing voices.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    60_000,
    "How long Fish-Speech may take for one segment. 60 s: a runaway generation is cut off at 47.5 s of audio.",
  ),
};
