import { systemClock } from "../clock/clock.ts";
import { nameOf } from "../config/declared.ts";
import { createLineSink } from "../log/sink.ts";
import { assertFree } from "../net/address.ts";
import { keepCompiled } from "../process/compiled.ts";
import { announceListening, runMain, untilStopped } from "../process/lifecycle.ts";
import { bundleForNextStart } from "./ahead/bundle.ts";
import { type WarmOptions, warm } from "./ahead/warm.ts";
import { readArguments } from "./arguments.ts";
import { candidates } from "./discover.ts";
import { discoverEars, type EarsChoice, earsPlaces } from "./ears.ts";
import { chooseModelServer, type EngineChoice } from "./engines.ts";
import { helpText } from "./help.ts";
import { createHouse } from "./house.ts";
import { createPrint } from "./print.ts";
import { type LaunchSettings, readLaunchSettings } from "./settings.ts";
import { chooseVoice } from "./voice/choose.ts";
import { speechPlaces } from "./voice/servers.ts";
import { whoSpeaks } from "./voice/who.ts";

// How long to wait for an engine that was started at the same time as Duet.
const engineWaitMs = 10_000;

// Caches compiled code, so that child processes and later starts are faster. In this process only dynamic imports use
// the cache, since static imports are compiled before this line runs.
keepCompiled();

runMain(async () => {
  const { help, modelFile } = readArguments(process.argv.slice(2), process.env);
  if (help) {
    process.stdout.write(helpText(process.stdout.columns ?? 100));
    return;
  }
  const settings = readLaunchSettings(process.env);
  // Ports are checked before anything runs: otherwise a taken port might only be noticed when the last process starts.
  for (const { address, setting } of settings.fixed) await assertFree(address, setting);
  // Printing must not block: the launcher also prints its child processes' lines, so the children would be blocked too.
  const output = createLineSink(
    1,
    (lines, code) => `${lines} lines of output were lost because standard output could not be written (${code})\n`,
  );
  const print = createPrint(process.stdout, output.write);
  const stopped = untilStopped();
  const controller = new AbortController();
  const choice = {
    ...settings,
    modelFile,
    candidates: settings.discover ? candidates : [],
    speechPlaces: settings.discover ? speechPlaces.filter(({ engine }) => mayBe(engine, settings)) : [],
    waitMs: engineWaitMs,
    clock: systemClock,
    say: (text: string) => print({ name: "start", text, level: "warn" }),
    signal: controller.signal,
  };
  const model = chooseModelServer(choice);
  const voice = chooseVoice(choice);
  const warmed = warmChosen(model, settings, (text, level) => print({ name: "start", text, level }), controller.signal);
  // Looks for a recognizer on this host, unless a setting names one: then the edge reads that setting itself.
  const ears = discoverEars(settings.discover && !settings.isSet("transcribe.url") ? earsPlaces : []);
  let cancelBundling = () => {};
  const house = createHouse({ ...settings.edge, model, voice, ears, isSet: settings.isSet, print, clock: systemClock });
  try {
    const page = await Promise.race([house.start(), house.broken, stopped]);
    if (page === undefined) return;
    output.write(welcome(page, await model, await voice, { speaks: await whoSpeaks(page), hears: await ears }));
    announceListening(page);
    cancelBundling = bundleForNextStart(systemClock);
    await Promise.race([house.broken, stopped]);
  } finally {
    cancelBundling();
    controller.abort();
    await Promise.all([house.stop(), warmed]);
  }
});

/** If the chosen model server still has to load its model, makes it do so while the processes start. */
async function warmChosen(
  choice: Promise<EngineChoice>,
  { model, modelName }: LaunchSettings,
  say: WarmOptions["say"],
  signal: AbortSignal,
): Promise<void> {
  const chosen = await choice.catch(() => undefined);
  if (chosen?.kind !== "present" || chosen.env[nameOf("edge.scripted")] !== undefined) return;
  const found = chosen.env[nameOf("vllm.url")];
  const urls = model?.urls ?? (found === undefined ? [] : [found]);
  const asked = { apiKey: model?.apiKey, model: modelName ?? chosen.env[nameOf("vllm.model")] };
  await Promise.all(urls.map((url) => warm({ ...asked, url, clock: systemClock, say, signal })));
}

/** Whether a discovered engine may be used as the voice: false if a setting makes another engine the default voice. */
function mayBe(engine: string, { voiceEngine }: LaunchSettings): boolean {
  return voiceEngine === undefined || voiceEngine === engine;
}

function welcome(
  page: string,
  model: EngineChoice,
  voice: EngineChoice,
  { speaks, hears }: { readonly speaks: string | undefined; readonly hears: EarsChoice },
): string {
  return [
    "",
    `  Duet is ready:  ${page}`,
    "",
    `  Model  ${model.about}`,
    `  Voice  ${voice.kind === "present" && speaks !== undefined ? `${speaks}, on ` : ""}${voice.about}`,
    ...(hears.about === undefined ? [] : [`  Ears   ${hears.about}`]),
    "  Ctrl-C stops it.",
    "",
    "",
  ].join("\n");
}
