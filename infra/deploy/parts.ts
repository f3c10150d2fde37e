import type { Sources } from "../config/file/source.ts";
import type { LoadedConfig } from "../config/load.ts";
import { type SettingName, settings } from "../config/settings/settings.ts";
import { fileShape } from "../config/settings/shape.ts";
import { fishContainer } from "../engines/fish/flags.ts";
import type { FishPlan } from "../engines/fish/plan.ts";
import type { SecretArgument } from "../engines/shell.ts";
import { vllmArgs } from "../engines/vllm/flags.ts";
import type { VllmPlan } from "../engines/vllm/plan.ts";
import { formatAddress } from "../net/address.ts";

/** A container, whatever runs it. */
export interface Part {
  readonly name: string;
  readonly image: string;
  /** What is run instead of what the image would run; absent: the image decides. */
  readonly command?: readonly string[];
  /** Arguments for it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Variables whose values are secrets: of what they are called here and in the deployment. An optional one may be missing. */
  readonly secrets: readonly { readonly variable: string; readonly from: string; readonly optional: boolean }[];
  /** Arguments that are secrets. */
  readonly secretArgs: readonly SecretArgument[];
  /** The port that others reach it at. */
  readonly port: number;
  /** How long it may take to start, seconds. */
  readonly startSeconds: number;
  /** How long it may take to end, seconds. */
  readonly stopSeconds: number;
}

/** A part that has cards of its own. */
export interface EnginePart extends Part {
  readonly kind: "vllm" | "fish";
  /** The cards, counted from 0; none for a stand-in. */
  readonly gpus: readonly number[];
}

/** All that a deployment runs. */
export interface Parts {
  /** Edge, Generate and Synthesize: they trust each other by being on one loopback interface. */
  readonly duet: readonly [edge: Part, generate: Part, synthesize: Part];
  readonly vllm: EnginePart | undefined;
  readonly fish: readonly EnginePart[];
}

/** What a deployment is made of. `fishUrl` says how the voice's servers are reached, counted from 0. */
export function partsOf(loaded: LoadedConfig, image: string, fishUrl: (index: number) => string): Parts {
  const { config, sources } = loaded;
  const { vllm, fish } = config.plan;
  // An engine that is neither described nor named is stood in for; one that is only named runs elsewhere.
  const elsewhere = { vllm: sources.written.get("DUET_VLLM_URL"), fish: sources.written.get("DUET_FISH_URL") };
  const vllmPart = vllm === undefined ? (elsewhere.vllm === undefined ? vllmTwin(image) : undefined) : vllmEngine(vllm);
  const fishParts = fish === undefined ? (elsewhere.fish === undefined ? [fishTwin(image)] : []) : fishEngines(fish);
  return { duet: duetParts(loaded, image, vllmPart, fishParts, fishUrl), vllm: vllmPart, fish: fishParts };
}

/** No secret, but said where they are: in the environment of the deployment. */
const collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

function duetParts(
  { config, sources }: LoadedConfig,
  image: string,
  vllm: EnginePart | undefined,
  fish: readonly EnginePart[],
  fishUrl: (index: number) => string,
): Parts["duet"] {
  const stopSeconds = Math.ceil((config.settings.DUET_DRAIN_TIMEOUT_MS ?? 0) / 1000) + 5;
  const listen = config.settings.DUET_LISTEN ?? { host: "", port: 8080 };
  const common = { image, secretArgs: [], startSeconds: 30, stopSeconds };
  const key = (variable: SettingName, needed: boolean) => ({ variable, from: variable, optional: !needed });
  const part = (
    name: DuetProcess,
    script: string,
    port: number,
    env: Record<string, string>,
    more: Partial<Part> = {},
  ): Part => ({
    ...common,
    name,
    command: ["node", script],
    args: [],
    env: { ...writtenFor(name, sources), ...env },
    port,
    ...more,
    secrets: [
      ...(more.secrets ?? []),
      ...(sources.written.has("DUET_SERVICE_TOKEN") ? [key("DUET_SERVICE_TOKEN", true)] : []),
      { variable: collector, from: collector, optional: true },
    ],
  });
  const scripted: Record<string, string> = vllm !== undefined && vllm.gpus.length === 0 ? { DUET_SCRIPTED: "1" } : {};
  return [
    part("edge", "edge/main.ts", listen.port, {
      // Its own network is the container's: who may reach it is said where the port is published.
      DUET_LISTEN: formatAddress({ host: "0.0.0.0", port: listen.port }),
      ...scripted,
    }),
    part(
      "generate",
      "services/generate/main.ts",
      config.settings.DUET_GENERATE_ADMIN_LISTEN?.port ?? 9051,
      vllm === undefined ? {} : { DUET_VLLM_URL: `http://${vllm.name}:${vllm.port}` },
      { secrets: [key("DUET_VLLM_API_KEY", sources.written.has("DUET_VLLM_API_KEY"))] },
    ),
    part(
      "synthesize",
      "services/synthesize/main.ts",
      config.settings.DUET_SYNTHESIZE_ADMIN_LISTEN?.port ?? 9052,
      fish.length === 0 ? {} : { DUET_FISH_URL: fish.map((_, index) => fishUrl(index)).join(",") },
      { secrets: [key("DUET_FISH_API_KEY", config.plan.fish?.requireApiKey === true)] },
    ),
  ];
}

type DuetProcess = "edge" | "generate" | "synthesize";

/** Settings that are written for a process, as variables. Secrets and the processes' addresses are not among them. */
function writtenFor(name: DuetProcess, { written }: Sources): Record<string, string> {
  const others = {
    edge: /^DUET_(?:VLLM|FISH|(?:GENERATE|SYNTHESIZE)_(?!URL))/,
    generate: /^DUET_(?:FISH|SYNTHESIZE)_/,
    synthesize: /^DUET_(?:VLLM|GENERATE)_/,
  }[name];
  const fits = (setting: SettingName) =>
    setting !== "DUET_CONFIG" &&
    setting !== "DUET_DISCOVER" &&
    // On one loopback interface there is nothing to encrypt, and its files are not in the container.
    !setting.startsWith("DUET_TLS_") &&
    !others.test(setting) &&
    fileShape(settings[setting]).type[0] !== "object";
  return Object.fromEntries(
    [...written].filter(([setting]) => fits(setting)).map(([setting, { text }]) => [setting, text]),
  );
}

function vllmEngine(plan: VllmPlan): EnginePart {
  // Within its own network it must be reached by others; nothing publishes the port.
  const args = vllmArgs({ ...plan, server: { ...plan.server, host: "0.0.0.0" } });
  return {
    kind: "vllm",
    name: "vllm",
    image: plan.server.image,
    args,
    // A volume: a model is fetched once.
    env: { HF_HOME: "/models" },
    secrets: [
      { variable: "VLLM_API_KEY", from: "DUET_VLLM_API_KEY", optional: true },
      { variable: "HF_TOKEN", from: "HF_TOKEN", optional: true },
    ],
    secretArgs: [],
    port: plan.server.port,
    gpus: plan.gpus,
    startSeconds: 1200,
    stopSeconds: plan.server.shutdownTimeoutSeconds + 10,
  };
}

function fishEngines(plan: FishPlan): EnginePart[] {
  const { env, args, secretArgs } = fishContainer(plan);
  return plan.gpus.map((gpu, index) => ({
    kind: "fish",
    name: `fish-${index}`,
    image: plan.image,
    args,
    env,
    secrets: secretArgs.map(({ variable }) => ({ variable, from: variable, optional: false })),
    secretArgs,
    port: 8080,
    gpus: plan.device === "cuda" ? [gpu] : [],
    // It listens once it is compiled: 480 s were seen.
    startSeconds: plan.compile ? 900 : 300,
    stopSeconds: 60,
  }));
}

const twin = { args: [], env: {}, secrets: [], secretArgs: [], gpus: [], startSeconds: 30, stopSeconds: 10 };

function vllmTwin(image: string): EnginePart {
  const command = ["node", "infra/twins/vllm/main.ts", "--host", "0.0.0.0", "--port", "8000"];
  return { ...twin, kind: "vllm", name: "vllm", image, command, port: 8000 };
}

function fishTwin(image: string): EnginePart {
  const command = ["node", "infra/twins/fish/main.ts", "--host", "0.0.0.0", "--port", "8080"];
  return { ...twin, kind: "fish", name: "fish-0", image, command, port: 8080 };
}
