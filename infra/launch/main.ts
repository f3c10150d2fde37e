import { systemClock } from "../clock/clock.ts";
import { announceListening, runMain, untilStopped } from "../process/lifecycle.ts";
import { readArguments } from "./arguments.ts";
import { candidates } from "./discover.ts";
import { chooseModelServer, chooseVoice, type EngineChoice } from "./engines.ts";
import { helpText } from "./help.ts";
import { createHouse } from "./house.ts";
import { createPrint } from "./print.ts";
import { readLaunchSettings } from "./settings.ts";

// An engine that was started together with Duet is given this long to come up.
const engineWaitMs = 10_000;

runMain(async () => {
  const { help, modelFile } = readArguments(process.argv.slice(2), process.env);
  if (help) {
    process.stdout.write(helpText(process.stdout.columns ?? 100));
    return;
  }
  const settings = readLaunchSettings(process.env);
  const print = createPrint(process.stdout);
  const stopped = untilStopped();
  const controller = new AbortController();
  const choice = {
    ...settings,
    modelFile,
    candidates: settings.discover ? candidates : [],
    waitMs: engineWaitMs,
    clock: systemClock,
    say: (text: string) => print({ name: "start", text, level: "warn" }),
    signal: controller.signal,
  };
  const model = chooseModelServer(choice);
  const voice = chooseVoice(choice);
  const house = createHouse({ ...settings.edge, model, voice, isSet: settings.isSet, print, clock: systemClock });
  try {
    const page = await Promise.race([house.start(), house.broken, stopped]);
    if (page === undefined) return;
    process.stdout.write(welcome(page, await model, await voice));
    announceListening(page);
    await Promise.race([house.broken, stopped]);
  } finally {
    controller.abort();
    await house.stop();
  }
});

function welcome(page: string, model: EngineChoice, voice: EngineChoice): string {
  return [
    "",
    `  Duet is ready:  ${page}`,
    "",
    `  Model  ${model.about}`,
    `  Voice  ${voice.about}`,
    "  Ctrl-C stops it.",
    "",
    "",
  ].join("\n");
}
