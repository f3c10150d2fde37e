import { choice, decimal, httpUrls, list, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches VITS: the group `vits` in duet.yaml. */
export const vitsSettings = {
  url: optional(
    httpUrls,
    "Servers of vits-simple-api, comma-separated, for VITS, VITS-Finetuned and Bert-VITS2. Servers with the same voices share the load.",
  ),
  apiKey: optional(secret(), "Sent to the servers as X-API-KEY."),
  model: setting(
    choice(["auto", "vits", "bert-vits2", "w2v2-vits"]),
    "auto",
    "Which kind of model to speak with. auto: all that the server has loaded, VITS first.",
  ),
  voices: setting(
    list,
    [],
    "The voices offered, comma-separated, the default first, by the names that the server lists. Empty: all of them.",
  ),
  language: setting(
    name,
    "auto",
    "The language to speak, under the server's own name for it: `zh`, `ja`, `en`. auto: detected from the text, for a voice that speaks several.",
  ),
  emotion: optional(
    whole(0, 100_000),
    "The emotion to speak with: 0 to 9 for Bert-VITS2; for w2v2-vits, a row of its table of emotions. Unset: as the server is configured.",
  ),
  speed: setting(decimal(0.25, 4), 1, "The speaking rate; 1 is normal."),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    22_050,
    "The sample rate of the audio that Synthesize passes on; a voice of another rate is resampled. 22,050 is the rate of VITS; Bert-VITS2 has 44,100.",
  ),
  slots: setting(
    whole(1, 64),
    1,
    "How many texts each server speaks at once. 1: several at once each take that much longer, and behind gunicorn they run one after the other.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long a server may take for one segment. 30 s: gunicorn kills a worker that takes longer.",
  ),
};
