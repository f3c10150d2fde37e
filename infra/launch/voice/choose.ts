import { nameOf } from "../../config/declared.ts";
import { enginesOf } from "../../engines/registry.ts";
import { withoutCredentials } from "../../net/address.ts";
import { variableOf } from "../../settings/setting.ts";
import { askForModels } from "../discover.ts";
import type { EngineChoice, NamedEngine } from "../engines.ts";
import { accepts, type WaitOptions, waitUntil } from "../wait.ts";
import {
  askForSpeech,
  discoverSpeech,
  isSpeechEngine,
  type SpeechEngineName,
  type SpeechPlace,
  type SpeechServer,
  speechEngineNames,
} from "./servers.ts";

/** Options of chooseVoice. */
export interface VoiceOptions extends WaitOptions {
  /** The engines that settings name; the first one speaks when a voice does not name its engine. */
  readonly voices: readonly NamedEngine[];
  /** The speech servers to look for if no setting names one; empty if none is to be looked for. */
  readonly speechPlaces: readonly SpeechPlace[];
}

// Time limits for a server's answer: the first for servers that are only looked for on this host, which answer within
// milliseconds if they are idle; the second for a server that a setting names.
const discoverTimeoutMs = 1_000;
const askTimeoutMs = 3_000;

/**
 * Finds the speech server that provides the voice. If a setting names a server that is missing, or that belongs to
 * another engine, throws a one-line message that says what to do.
 */
export async function chooseVoice(options: VoiceOptions): Promise<EngineChoice> {
  const { voices, speechPlaces } = options;
  if (voices.length > 0) {
    const told = await Promise.all(voices.map((voice) => presence(voice, options)));
    return { kind: "present", env: {}, about: told.join("; ") };
  }
  const found = await discoverSpeech(speechPlaces, discoverTimeoutMs);
  if (found !== undefined) {
    const { engine, url, title } = found;
    return { kind: "present", env: { [variableOf(`${engine}.url`)]: url }, about: `${title}, found at ${url}` };
  }
  const others = enginesOf("speech").map(({ name, title }) => `${variableOf(`${name}.url`)} (${title})`);
  return { kind: "stand-in", about: `espeak-ng; for another voice set ${others.join(" or ")}` };
}

/** Waits until every server of `voice` is running; resolves to a description of the engine: its name and URLs. */
async function presence(voice: NamedEngine, options: VoiceOptions): Promise<string> {
  const titles = await Promise.all(voice.urls.map((url) => titleAt(url, voice, options)));
  return `${[...new Set(titles)].join(" and ")} at ${voice.urls.map(withoutCredentials).join(", ")}`;
}

async function titleAt(url: string, voice: NamedEngine, options: VoiceOptions): Promise<string> {
  const { name, title, variable, apiKey } = voice;
  const shown = withoutCredentials(url);
  const label = `${variable}=${shown}`;
  if (/\/v1(?:\/audio(?:\/speech)?|\/tts)?$/.test(new URL(url).pathname))
    throw new Error(`${label}: leave out the path from /v1 on`);
  // A server that is speaking may not answer until it is done, so it is enough that it accepts connections.
  await waitUntil(variable, shown, options, () => accepts(url));
  if (!isSpeechEngine(name)) {
    const server = await askForModels(withoutCredentials(url), askTimeoutMs, apiKey);
    if (server.kind !== "models") return title;
    throw new Error(
      isModelServer(
        label,
        variable,
        server.models.map(({ id }) => id),
      ),
    );
  }
  const server = await askForSpeech(name, url, askTimeoutMs, apiKey);
  switch (server.kind) {
    case "speaks":
      return server.title;
    case "silent":
      options.say(`${label} accepts connections but has not answered yet: the server may be busy or still loading`);
      return title;
    case "locked": {
      const key = variableOf(`${name}.apiKey`);
      throw new Error(
        apiKey === undefined
          ? `${label} requires an API key: set ${key}`
          : `${label} does not accept the API key: correct ${key}`,
      );
    }
    default:
      throw new Error(await whatItIs(server, { label, url, voice }));
  }
}

/** Explains what a server is that does not belong to the engine whose setting names it, and what to do about that. */
async function whatItIs(
  server: SpeechServer & { kind: "models" | "other" },
  { label, url, voice }: { label: string; url: string; voice: NamedEngine },
): Promise<string> {
  const { name, variable } = voice;
  for (const other of speechEngineNames.filter((one) => one !== name)) {
    const found = await askForSpeech(other as SpeechEngineName, url, askTimeoutMs);
    if (found.kind === "speaks")
      return `${label} is ${found.title}: set ${variableOf(`${other}.url`)} to this address instead`;
  }
  if (server.kind === "models") return isModelServer(label, variable, server.ids);
  const listed = await askForModels(withoutCredentials(url), askTimeoutMs);
  if (listed.kind === "models")
    return isModelServer(
      label,
      variable,
      listed.models.map(({ id }) => id),
    );
  return `${label} answers, but not with the API that ${variable} requires: correct ${variable}, or unset it`;
}

function isModelServer(label: string, variable: string, ids: readonly string[]): string {
  const some = ids.slice(0, 3).join(", ");
  return `${label} is a model server, which does not speak (it lists ${some}): set ${nameOf("vllm.url")} to it, and ${variable} to a speech server`;
}
