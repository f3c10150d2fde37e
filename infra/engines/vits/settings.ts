import { choice, decimal, httpUrls, list, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How VITS is reached: `vits` in duet.yaml. */
export const vitsSettings = {
  url: optional(
    httpUrls,
    "Servers of vits-simple-api, comma-separated, for VITS, VITS-Finetuned and Bert-VITS2. Several that have the same voices share the work.",
  ),
  apiKey: optional(secret(), "Sent to them as X-API-KEY."),
  model: setting(
    choice(["auto", "vits", "bert-vits2", "w2v2-vits"]),
    "auto",
    "Which kind of its models to speak with. auto: all that it has loaded, VITS first.",
  ),
  voices: setting(
    list,
    [],
    "Voices that may be spoken with, comma-separated, the default first, by the names that it lists. Empty: all of them.",
  ),
  language: setting(
    name,
    "auto",
    "The language to speak, as it calls it: `zh`, `ja`, `en`. auto: told by the words, for a voice that speaks several.",
  ),
  emotion: optional(
    whole(0, 100_000),
    "How to speak: 0 to 9 for Bert-VITS2, a row of its table of emotions for w2v2-vits. Unset: as it is configured.",
  ),
  speed: setting(decimal(0.25, 4), 1, "How fast to speak."),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    22_050,
    "The sample rate of the audio that Synthesize passes on; a voice of another rate is resampled. 22,050: what VITS is trained at; Bert-VITS2 makes 44,100.",
  ),
  slots: setting(
    whole(1, 64),
    1,
    "How many texts each server speaks at once. 1: it computes them beside each other, each as much more slowly, and behind gunicorn one after the other.",
  ),
  timeoutMs: setting(
    whole(100, 600_000),
    30_000,
    "How long a server may take for one segment. 30 s: gunicorn ends a worker that takes longer.",
  ),
};
