import { decimal, httpUrls, list, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches Piper: the group `piper` in duet.yaml. */
export const piperSettings = {
  url: optional(
    httpUrls,
    "HTTP servers of Piper (python -m piper.http_server), comma-separated. Servers with the same voices share the load.",
  ),
  apiKey: optional(
    secret(),
    "Sent as a bearer token, for a proxy in front of the servers: Piper itself requires none.",
  ),
  voices: setting(
    list,
    [],
    "The voices offered, comma-separated, the default first: their file names, with `:SPEAKER` to choose one of several speakers. Empty: all that Piper lists.",
  ),
  speed: setting(decimal(0.25, 4), 1, "The speaking rate; 1 is normal."),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    22_050,
    "The sample rate of the audio that Synthesize passes on; a voice of another rate is resampled. 22,050 is the rate of medium and high quality voices; low quality ones have 16,000.",
  ),
  slots: setting(
    whole(1, 64),
    1,
    "How many texts each server speaks at once. 1: one text uses all cores, so two at once take as long as one after the other.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long a server may take for one segment. 30 s: a slow CPU generates speech no faster than real time.",
  ),
};
