import { decimal, httpUrls, list, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How Piper is reached: `piper` in duet.yaml. */
export const piperSettings = {
  url: optional(
    httpUrls,
    "HTTP servers of Piper (python -m piper.http_server), comma-separated. Several that have the same voices share the work.",
  ),
  apiKey: optional(secret(), "Sent as a bearer token, for a proxy before them: Piper itself asks for none."),
  voices: setting(
    list,
    [],
    "Voices that may be spoken with, comma-separated, the default first: names of their files, with `:SPEAKER` for one of several. Empty: all that it lists.",
  ),
  speed: setting(decimal(0.25, 4), 1, "How fast to speak."),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    22_050,
    "The sample rate of the audio that Synthesize passes on; a voice of another rate is resampled. 22,050: what voices of medium and high quality make; those of low quality make 16,000.",
  ),
  slots: setting(
    whole(1, 64),
    1,
    "How many texts each server speaks at once. 1: one text takes all cores, and two at once take as long as one after the other.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long a server may take for one segment. 30 s: a slow processor speaks as fast as it is listened to.",
  ),
};
