import { basename } from "node:path";
import { nameOf } from "../config/declared.ts";
import { chooseChatModel } from "../engines/vllm/model/choose.ts";
import { askForModels, type Candidate, discover, type ModelServer } from "./discover.ts";
import { speaksOnly } from "./voice/servers.ts";
import { type WaitOptions, waitUntil } from "./wait.ts";

/** What the model or the voice is taken from; `about` says it to people. */
export type EngineChoice =
  /** An address that is there: `env` points the services at it. */
  | { kind: "present"; env: Record<string, string>; about: string }
  /** A model file that has to be served. */
  | { kind: "file"; file: string; about: string }
  /** Nothing: a stand-in has to be started. */
  | { kind: "stand-in"; about: string };

/** An engine that a setting names. */
export interface NamedEngine {
  /** The name of its record. */
  readonly name: string;
  /** How people call it. */
  readonly title: string;
  /** The variable that names it. */
  readonly variable: string;
  /** The addresses of its servers. */
  readonly urls: readonly string[];
  /** What they ask for, if it was set. */
  readonly apiKey: string | undefined;
}

/** What the choice of the model depends on. */
export interface ChooseOptions extends WaitOptions {
  /** The model file of `--model`. */
  modelFile: string | undefined;
  /** The model server that a setting names. */
  model: NamedEngine | undefined;
  /** The model that a setting asks for. */
  modelName: string | undefined;
  /** Where to look for a model server if none is set; empty: nowhere. */
  candidates: readonly Candidate[];
}

// A server on this host that is not busy answers within some milliseconds.
const discoverTimeoutMs = 500;
const askTimeoutMs = 3_000;

/** A model server that is found is spoken to as any server of OpenAI's chat completions. */
const url = nameOf("vllm.url");

/** The model's name that the scripted stand-in goes by, wherever it runs. */
export const scriptedModel = "duet-script";

/** Finds the model server. Throws one line with the remedy if one that was named is not there. */
export async function chooseModelServer(options: ChooseOptions): Promise<EngineChoice> {
  const { modelFile, model: server, modelName } = options;
  if (modelFile !== undefined)
    return { kind: "file", file: modelFile, about: `${basename(modelFile)}, on this machine's processor` };
  if (server !== undefined) {
    const [model] = await Promise.all(server.urls.map((url) => waitForModel(server, url, options)));
    return { kind: "present", env: scripted(model as string), about: `${model} at ${server.urls.join(", ")}` };
  }
  const { found, empty } = await discover(options.candidates, discoverTimeoutMs, speaksOnly);
  for (const { name, url } of empty) options.say(`${name} runs at ${url} and has no model yet: it is not used`);
  const model = modelName ?? chooseChatModel(found?.models ?? [])?.id;
  if (found !== undefined && model !== undefined) {
    const env = { [url]: found.url, [nameOf("vllm.model")]: model, ...scripted(model) };
    return { kind: "present", env, about: `${model} on ${found.name}, found at ${found.url}` };
  }
  return {
    kind: "stand-in",
    about: `scripted answers; ${url} plugs in a model server, --model FILE.gguf a model`,
  };
}

/** The model that a server is asked for; waits for one that comes up. */
async function waitForModel({ variable, apiKey }: NamedEngine, url: string, options: ChooseOptions): Promise<string> {
  const label = `${variable}=${url}`;
  if (/\/v1\/*$/.test(url)) throw new Error(`${label}: name its address without /v1, which is added`);
  let server: ModelServer = { kind: "silent" };
  await waitUntil(variable, url, options, async () => {
    server = await askForModels(url, askTimeoutMs, apiKey);
    return server.kind !== "silent";
  });
  return modelOf(server, { label, url, named: options.modelName });
}

/** What a server without the page answers: FastAPI, proxies, and those that know no such route. */
const noPage = [200, 404, 405, 501];

/** The model that was named, or one of the server's list. Throws what is wrong with the server, with the remedy. */
function modelOf(
  server: ModelServer,
  { label, url, named }: { label: string; url: string; named: string | undefined },
): string {
  const ofList = nameOf("vllm.model");
  switch (server.kind) {
    case "models": {
      const model = named ?? chooseChatModel(server.models)?.id;
      if (model !== undefined) return model;
      throw new Error(`${label} lists no model that answers questions: load one into it, or name one in ${ofList}`);
    }
    case "empty":
      if (named !== undefined) return named;
      throw new Error(`${label} has no model: load one into it first`);
    case "locked":
      throw new Error(`${label} asks for a key: set ${nameOf("vllm.apiKey")} to the right one`);
    case "moved":
      throw new Error(
        server.to === undefined
          ? `${label} sends us elsewhere, and does not say where: name the address that it has now`
          : `${label} redirects to ${server.to}: set ${nameOf("vllm.url")} to that`,
      );
    case "page":
      throw new Error(
        `${label} shows a web page at ${url}/v1/models: it is no model server, or its address is another`,
      );
    default:
      if (named !== undefined && server.kind === "other" && noPage.includes(server.status)) return named;
      throw new Error(
        `${label} is no OpenAI-compatible model server (no list at ${url}/v1/models): name its address without /v1, or its model in ${ofList} if it lists none`,
      );
  }
}

function scripted(model: string): Record<string, string> {
  return model === scriptedModel ? { [nameOf("edge.scripted")]: "1" } : {};
}
