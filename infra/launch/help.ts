import { describeSettings } from "../config/docs/describe.ts";

/** What `npm start -- --help` prints, at most `width` columns wide. */
export function helpText(width: number): string {
  return [
    "Starts Duet on this machine: the edge with its page, Generate, Synthesize, and stand-ins for engines that are missing.",
    "",
    "  npm start                                             with the engines found on this machine",
    "  npm start -- --model FILE.gguf                        with your own model file, on this machine's processor",
    "  DUET_VLLM_URL=http://gpu:8000 npm start               with your own model server",
    "  DUET_SPEECH_URL=http://gpu:8880 npm start             with your own speech server",
    "  DUET_FISH_URL=http://gpu:8080,http://gpu2:8080 npm start   with your own Fish-Speech servers",
    "",
    "Settings are environment variables:",
    "",
    ...describeSettings()
      .flatMap(({ settings }) => settings)
      .flatMap(({ variable, fallback, does }) => [
        `  ${variable}${fallback === "" ? "" : `=${fallback}`}`,
        ...wrap(does, width - 6).map((line) => `      ${line}`),
      ]),
    "",
  ].join("\n");
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
