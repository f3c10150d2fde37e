import { stringify } from "yaml";
import type { LoadedConfig } from "../config/load.ts";
import { isLoopback } from "../net/address.ts";
import { type EnginePart, type Part, partsOf } from "./parts.ts";

const header = `# Rendered from duet.yaml by \`duet render compose\`: change that, and render anew.
# Secrets come from the environment of \`docker compose up\`, or from .env beside this file.
`;

/** The deployment as a compose file. `image` holds this tree; the engines bring their own. */
export function renderCompose(loaded: LoadedConfig, image: string): string {
  const { duet, vllm, fish } = partsOf(loaded, image, (index) => `http://fish-${index}:8080`);
  const [edge, generate, synthesize] = duet;
  const engines = [...(vllm === undefined ? [] : [vllm]), ...fish];
  const host = loaded.config.settings.DUET_LISTEN?.host ?? "127.0.0.1";
  const published = isLoopback(host) ? `127.0.0.1:${edge.port}:${edge.port}` : `${edge.port}:${edge.port}`;
  // Generate and Synthesize listen on the loopback interface, which they share with the edge: nobody else reaches them.
  const beside = { network_mode: "service:edge", depends_on: { edge: { condition: "service_started" } } };
  const services = {
    edge: { ...service(edge), ports: [published], ...probe(nodeProbe(edge.port), edge) },
    generate: { ...service(generate), ...beside, ...probe(nodeProbe(generate.port), generate) },
    synthesize: { ...service(synthesize), ...beside, ...probe(nodeProbe(synthesize.port), synthesize) },
    ...Object.fromEntries(engines.map((engine) => [engine.name, engineService(engine, loaded)])),
  };
  const models = vllm !== undefined && vllm.gpus.length > 0;
  return (
    header +
    stringify(
      { name: "duet", services, ...(models ? { volumes: { models: {} } } : {}) },
      { lineWidth: 0, aliasDuplicateObjects: false },
    )
  );
}

function service(part: Part): object {
  const environment = {
    ...part.env,
    ...Object.fromEntries(
      part.secrets.map(({ variable, from, optional }) => [variable, optional ? `\${${from}:-}` : need(from)]),
    ),
  };
  const secret = part.secretArgs.flatMap(({ flag, variable }) => [flag, need(variable)]);
  // A container's command is taken for what compose itself would fill in: a dollar sign is written twice.
  const words = [...(part.command ?? []), ...part.args].map((word) => word.replaceAll("$", "$$$$"));
  return {
    image: part.image,
    ...(words.length + secret.length > 0 ? { command: [...words, ...secret] } : {}),
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    restart: "unless-stopped",
    stop_grace_period: `${part.stopSeconds}s`,
  };
}

function engineService(engine: EnginePart, { config }: LoadedConfig): object {
  const check =
    engine.kind === "vllm" ? ["CMD", "curl", "-fsS", `http://127.0.0.1:${engine.port}/health`] : socketProbe;
  if (engine.gpus.length === 0 && engine.command !== undefined)
    return {
      ...service(engine),
      ...probe(
        [
          "CMD",
          "node",
          "-e",
          `require("net").connect(${engine.port}).on("error", () => process.exit(1)).on("connect", () => process.exit())`,
        ],
        engine,
      ),
    };
  const volumes =
    engine.kind === "vllm"
      ? ["models:/models"]
      : // Voices must be writable by uid 1000, or the container ends at once.
        [
          "./checkpoints:/app/checkpoints",
          `${relative(config.plan.fish?.referencesPath ?? "references")}:/app/references`,
        ];
  return {
    ...service(engine),
    // Cards that work together talk through shared memory.
    ...(engine.kind === "vllm" ? { ipc: "host" } : {}),
    volumes,
    ...(engine.gpus.length > 0
      ? {
          deploy: {
            resources: {
              reservations: {
                devices: [{ driver: "nvidia", device_ids: engine.gpus.map(String), capabilities: ["gpu"] }],
              },
            },
          },
        }
      : {}),
    ...probe(check, engine),
  };
}

/** Fish-Speech answers no request while it speaks, and asks for its key even here: that it listens has to do. */
const socketProbe = ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"];

function nodeProbe(port: number): string[] {
  return [
    "CMD",
    "node",
    "-e",
    `fetch("http://127.0.0.1:${port}/healthz").then((answer) => process.exit(answer.ok ? 0 : 1))`,
  ];
}

function probe(test: readonly string[], part: Part): object {
  return { healthcheck: { test, interval: "10s", timeout: "5s", retries: 3, start_period: `${part.startSeconds}s` } };
}

function need(variable: string): string {
  return `\${${variable}:?set it in the environment or in .env}`;
}

function relative(path: string): string {
  return /^[./~]/.test(path) ? path : `./${path}`;
}
