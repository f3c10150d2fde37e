/**
 * Calls the OpenAI face with frameworks that people talk to OpenAI with, each from its registry in an environment of
 * its own, and prints what was called and what came. Takes minutes to install:
 * `npx node test/strangers/frameworks/main.ts` makes the environments in `.cache/frameworks`.
 */
import { existsSync } from "node:fs";
import { startStack } from "../../support/stack.ts";
import { run } from "../programs.ts";

/** What each prints; where it says `true` a sound was looked at. */
const frameworks = {
  livekit_agents: {
    packages: ["livekit-agents==1.8.9", "livekit-plugins-openai==1.8.9"],
    wanted: {
      ...Object.fromEntries(
        ["tts-1", "gpt-4o-mini-tts"].flatMap((model) =>
          ["mp3", "opus", "wav", "pcm"].map((form) => [`TTS ${model} ${form}`, "True"]),
        ),
      ),
      "LLM with a tool": "Hello you there. []",
      "LLM that calls": "Let me look. ['get_weather', 'get_time']",
    },
  },
  langchain_chat: {
    packages: ["langchain-openai==1.7.4"],
    wanted: {
      invoke: "Hello you there.",
      stream: "Hello you there.",
      bind_tools: "Let me look. ['get_weather', 'get_time']",
      with_structured_output: "{'reply': 'Yes.'}",
      ainvoke: "Hello you there.",
    },
  },
  pipecat_services: {
    packages: ["pipecat-ai[openai]==1.14.0"],
    wanted: { TTS: "True []", LLM: "Hello you there." },
  },
};

const folder = process.env.FRAMEWORKS_FOLDER ?? ".cache/frameworks";
let failed = 0;
const stack = await startStack();
try {
  for (const [name, { packages, wanted }] of Object.entries(frameworks)) {
    const python = `${folder}/${name}/bin/python`;
    if (!existsSync(python)) {
      await expect("python3", ["-m", "venv", `${folder}/${name}`]);
      await expect(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
    }
    const { status, output, complaints } = await run(python, [`test/strangers/frameworks/${name}.py`, stack.url]);
    const came = new Map(output.split("\n").map((line) => line.split("\t") as [string, string]));
    for (const [call, value] of Object.entries(wanted)) {
      const isRight = came.get(call) === value;
      if (!isRight) failed++;
      process.stdout.write(`${isRight ? "ok  " : "FAIL"} ${name}: ${call} → ${came.get(call)}\n`);
    }
    if (status !== 0) process.stdout.write(`${complaints.slice(-2_000)}\n`);
  }
} finally {
  await stack.close();
}
process.exitCode = failed === 0 ? 0 : 1;

async function expect(program: string, args: readonly string[]): Promise<void> {
  const { status, complaints } = await run(program, args, "", 600_000);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${complaints}`);
}
