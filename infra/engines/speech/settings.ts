import { choice, decimal, httpUrls, list, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How servers of `/v1/audio/speech` are reached: `speech` in duet.yaml. */
export const speechSettings = {
  url: optional(
    httpUrls,
    "Servers of OpenAI's /v1/audio/speech, comma-separated, without /v1: vllm-omni, sglang-omni, Kokoro-FastAPI, LocalAI, speaches, openedai-speech. Several that serve the same voices share the work.",
  ),
  apiKey: optional(secret(), "Sent to them as a bearer token."),
  server: setting(
    choice(["auto", "vllm-omni", "sglang-omni", "kokoro-fastapi", "localai", "speaches", "openedai-speech", "openai"]),
    "auto",
    "What answers there: how it streams, what it takes and how it names voices. auto: told by what it lists; openai: only what OpenAI's own documentation has.",
  ),
  model: optional(name, "The model to speak with. Unset: the first in the server's list that speaks."),
  voices: setting(
    list,
    [],
    "Voices that may be spoken with, comma-separated, the default first. Empty: all that the server lists.",
  ),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    24_000,
    "The sample rate of the audio that Synthesize passes on; a server's audio of another rate is resampled. 24,000: what OpenAI's own makes, and most open models. Set it to 44100 for Fish-Speech or to 48000 for VoxCPM2 to keep all that they make.",
  ),
  slots: optional(
    whole(1, 256),
    "How many texts each server speaks at once. Unset: as many as its kind is known to; where that is not known, learnt from how it answers.",
  ),
  text: setting(
    choice(["spoken", "written"]),
    "spoken",
    "What is sent. spoken: figures, units and signs in words. written: as the model wrote it, for servers that put it into words themselves; markup is left out all the same.",
  ),
  instructions: optional(name, "How to speak, in words, for servers that take it: `calm and friendly`."),
  language: optional(
    name,
    "The language to speak, for servers that take one, as they call it: `Chinese`, or `z` for Kokoro.",
  ),
  speed: setting(
    decimal(0.25, 4),
    1,
    "How fast to speak. Servers that cannot change it while they stream are asked for whole answers where it is not 1.",
  ),
  timeoutMs: setting(whole(100, 600_000), 60_000, "How long a server may take for one segment."),
};
