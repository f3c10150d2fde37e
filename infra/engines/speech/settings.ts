import { choice, decimal, httpUrls, list, name, secret, whole } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches servers of `/v1/audio/speech`: the group `speech` in duet.yaml. */
export const speechSettings = {
  url: optional(
    httpUrls,
    "Servers of OpenAI's /v1/audio/speech, comma-separated, without /v1: vllm-omni, sglang-omni, Kokoro-FastAPI, LocalAI, speaches, openedai-speech. Servers with the same voices share the load.",
  ),
  apiKey: optional(secret(), "Sent to the servers as a bearer token."),
  server: setting(
    choice(["auto", "vllm-omni", "sglang-omni", "kokoro-fastapi", "localai", "speaches", "openedai-speech", "openai"]),
    "auto",
    "Which server it is: servers differ in how they stream, what they accept and how they name voices. auto: detected from what the server lists; openai: only what OpenAI documents.",
  ),
  model: optional(name, "The model to speak with. Unset: the first in the server's list that speaks."),
  voices: setting(
    list,
    [],
    "The voices offered, comma-separated, the default first. Empty: all that the server lists.",
  ),
  sampleRateHertz: setting(
    whole(8000, 48_000),
    24_000,
    "The sample rate of the audio that Synthesize passes on; a server's audio of another rate is resampled. 24,000 is the rate of OpenAI's models and of most open ones. Set it to 44100 for Fish-Speech or to 48000 for VoxCPM2 to keep their full quality.",
  ),
  slots: optional(
    whole(1, 256),
    "How many texts each server speaks at once. Unset: the number known for that server; if none is known, it is learned from the server's responses.",
  ),
  text: setting(
    choice(["spoken", "written"]),
    "spoken",
    "The form of text that is sent. spoken: numbers, units and symbols spelled out in words. written: as the model wrote it, for servers that normalize text themselves; markup is removed either way.",
  ),
  instructions: optional(
    name,
    "Instructions on how to speak, for servers that accept them, such as `calm and friendly`.",
  ),
  language: optional(
    name,
    "The language to speak, for servers that accept one, under the server's own name for it: `Chinese`, or `z` for Kokoro.",
  ),
  speed: setting(
    decimal(0.25, 4),
    1,
    "The speaking rate; 1 is normal. At any other rate, servers that cannot change it while streaming are asked for whole segments.",
  ),
  timeoutMs: setting(whole(100, 600_000), 60_000, "How long a server may take for one segment."),
};
