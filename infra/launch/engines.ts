import { basename } from "node:path";
import { nameOf } from "../config/declared.ts";
import { chooseChatModel } from "../engines/vllm/model/choose.ts";
import { askForModels, type Candidate, discover, type ModelServer } from "./discover.ts";
import { speaksOnly } from "./voice/servers.ts";
import { type WaitOptions, waitUntil } from "./wait.ts";

/** Where the model or the voice comes from; `about` is a human-readable description of this source. */
export type EngineChoice =
  /** A server that is already running; `env` contains the settings with its address. */
  | { kind: "present"; env: Record<string, string>; about: string }
  /** A model file that has to be served. */
  | { kind: "file"; file: string; about: string }
  /** No engine was found: a stand-in has to be started. */
  | { kind: "stand-in"; about: string };

/** An engine that a setting names. */
export interface NamedEngine {
  /** The engine's name in the registry (infra/engines), such as `vllm`. */
  readonly name: string;
  /** The engine's name in messages, such as `Fish-Speech`. */
  readonly title: string;
  /** The name of the variable for the engine's URL. */
  readonly variable: string;
  /** The URLs of the engine's servers. */
  readonly urls: readonly string[];
  /** The API key of the engine's servers, if one is set. */
  readonly apiKey: string | undefined;
}

/** Options of chooseModelServer. */
export interface ChooseOptions extends WaitOptions {
  /** The path of the model file that `--model` names; undefined without `--model`. */
  modelFile: string | undefined;
  /** The model server that the settings name by its URL; undefined if they name none. */
  model: NamedEngine | undefined;
  /** The name of the model to request, if a setting gives it. */
  modelName: string | undefined;
  /** The model servers to look for on this host if no setting names one; empty if none is to be looked for. */
  candidates: readonly Candidate[];
}

// Time limits for a server's answer: the first for servers that are only looked for on this host, which answer within
// milliseconds if they are idle; the second for a server that a setting names.
const discoverTimeoutMs = 500;
const askTimeoutMs = 3_000;

/**
 * The environment variable for the URL of a discovered model server. It is the same for every server program, since all
 * are used through OpenAI's chat completions API.
 */
const url = nameOf("vllm.url");

/** The model name of the scripted stand-in. */
export const scriptedModel = "duet-script";

/** Finds the model server. Throws a one-line message that says what to do if a named server is missing. */
export async function chooseModelServer(options: ChooseOptions): Promise<EngineChoice> {
  const { modelFile, model: server, modelName } = options;
  if (modelFile !== undefined)
    return { kind: "file", file: modelFile, about: `${basename(modelFile)}, on this machine's processor` };
  if (server !== undefined) {
    const [model] = await Promise.all(server.urls.map((url) => waitForModel(server, url, options)));
    return { kind: "present", env: scripted(model as string), about: `${model} at ${server.urls.join(", ")}` };
  }
  const { found, empty } = await discover(options.candidates, discoverTimeoutMs, speaksOnly);
  for (const { name, url } of empty)
    options.say(
      `${name} runs at ${url} but has no model, so it is not used: load a model into it, then start Duet again`,
    );
  const model = modelName ?? chooseChatModel(found?.models ?? [])?.id;
  if (found !== undefined && model !== undefined) {
    const env = { [url]: found.url, [nameOf("vllm.model")]: model, ...scripted(model) };
    return { kind: "present", env, about: `${model} on ${found.name}, found at ${found.url}` };
  }
  return {
    kind: "stand-in",
    about: `scripted answers; for a real model set ${url} to a model server, or give --model FILE.gguf`,
  };
}

/** Finds out which model to request from a server; if the server is still starting, waits for it. */
async function waitForModel({ variable, apiKey }: NamedEngine, url: string, options: ChooseOptions): Promise<string> {
  const label = `${variable}=${url}`;
  if (/\/v1\/*$/.test(url)) throw new Error(`${label}: leave out the /v1 at the end; Duet adds it`);
  let server: ModelServer = { kind: "silent" };
  await waitUntil(variable, url, options, async () => {
    server = await askForModels(url, askTimeoutMs, apiKey);
    return server.kind !== "silent";
  });
  return modelOf(server, { label, url, named: options.modelName });
}

/**
 * The HTTP statuses with which a server that does not list its models answers `GET /v1/models`: 404 (most servers), 405
 * or 501 (path or method not supported), and 200 (proxies that return a web page for every path).
 */
const noPage = [200, 404, 405, 501];

/** Chooses the model: `named`, or one from the server's list. If that fails, throws an error that says what to do. */
function modelOf(
  server: ModelServer,
  { label, url, named }: { label: string; url: string; named: string | undefined },
): string {
  const ofList = nameOf("vllm.model");
  switch (server.kind) {
    case "models": {
      const model = named ?? chooseChatModel(server.models)?.id;
      if (model !== undefined) return model;
      throw new Error(
        `${label} lists no chat model: load one into the server, or set ${ofList} to the name of a model to use anyway`,
      );
    }
    case "empty":
      if (named !== undefined) return named;
      throw new Error(`${label} has no model: load one into the server first`);
    case "locked":
      throw new Error(`${label} requires an API key: set ${nameOf("vllm.apiKey")} to a valid one`);
    case "moved":
      throw new Error(
        server.to === undefined
          ? `${label} redirects without saying where: set ${nameOf("vllm.url")} to the model server's current address`
          : `${label} redirects to ${server.to}: set ${nameOf("vllm.url")} to that address`,
      );
    case "page":
      throw new Error(
        `${label} answers ${url}/v1/models with a web page, not a list of models: set ${nameOf("vllm.url")} to a model server`,
      );
    default:
      if (named !== undefined && server.kind === "other" && noPage.includes(server.status)) return named;
      throw new Error(
        `${label} is not an OpenAI-compatible model server (no list of models at ${url}/v1/models): correct the address, without /v1; if the server lists no models, set ${ofList}`,
      );
  }
}

function scripted(model: string): Record<string, string> {
  return model === scriptedModel ? { [nameOf("edge.scripted")]: "1" } : {};
}
