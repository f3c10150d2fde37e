import { choice, folder, httpUrls, list, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How Fish-Speech is reached: `fish` in duet.yaml. */
export const fishSettings = {
  url: optional(httpUrls, "The Fish-Speech workers, comma-separated; each serves one request at a time."),
  apiKey: optional(secret(), "Sent to Fish-Speech as a bearer token."),
  mode: setting(
    choice(["1.4", "1.5.0", "1.5.1", "s1", "s2"]),
    "s2",
    "Which generation of Fish-Speech answers: the wire differs. Checked against the live server.",
  ),
  references: optional(
    folder,
    "A folder of voices that are sent with each request: VOICE/recording.wav and recording.lab with its words.",
  ),
  voices: setting(
    list,
    [],
    "Reference ids that may be spoken with, comma-separated, the default first. Empty: all that Fish-Speech lists.",
  ),
  withoutReference: setting(
    choice(["unready", "pin", "random"]),
    "unready",
    "What to do if Fish-Speech has no reference voice, so that each request would come out in a different one. unready: take no work. pin: use the first audio of a text as the reference for the rest of it. random: accept that.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    60_000,
    "How long Fish-Speech may take for one segment. 60 s: a run-away generation is cut at 47.5 s of audio.",
  ),
};
