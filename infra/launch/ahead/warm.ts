import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "../../clock/clock.ts";
import { chooseChatModel } from "../../engines/vllm/model/choose.ts";
import { askForModels } from "../discover.ts";

/** Options of warm. */
export interface WarmOptions {
  readonly url: string;
  readonly apiKey: string | undefined;
  /** The name of the model to load; undefined: the chat model that Duet would choose from the server's list. */
  readonly model: string | undefined;
  readonly clock: Clock;
  /** Reports progress to people. */
  readonly say: (text: string, level: "info" | "warn") => void;
  /** Aborting this signal ends the wait for the model. */
  readonly signal: AbortSignal;
}

const listTimeoutMs = 3_000;
/** If a model has not answered after this many milliseconds, it is not in memory yet, and `say` reports this. */
const soonMs = 2_000;
const mostWords = 300;

/**
 * Makes a model server load its model before anybody asks a question, by requesting one token. The request has no time
 * limit, since Ollama stops loading if the request is given up. Reports that the model is loading, and then that it has
 * loaded or which error occurred. Never rejects.
 */
export async function warm({ url, apiKey, model: named, clock, say, signal }: WarmOptions): Promise<void> {
  try {
    const model = named ?? (await listed(url, apiKey));
    if (model === undefined) return;
    const startedAt = clock.now();
    let waited = false;
    const cancel = clock.after(soonMs, () => {
      waited = true;
      say(`${model} is still loading at ${url}: questions are answered as soon as it is loaded`, "info");
    });
    const { status, text } = await ask(url, apiKey, model, signal).finally(cancel);
    const seconds = ((clock.now() - startedAt) / 1000).toFixed(0);
    if (status !== 200) say(`${model} at ${url} answered with status ${status}: ${text.slice(0, mostWords)}`, "warn");
    else if (waited) say(`${model} is loaded; it took ${seconds} s`, "info");
  } catch (error) {
    if (!signal.aborted)
      say(`could not get the server at ${url} to load its model: ${(error as Error).message}`, "warn");
  }
}

async function listed(url: string, apiKey: string | undefined): Promise<string | undefined> {
  const server = await askForModels(url, listTimeoutMs, apiKey);
  return server.kind === "models" ? chooseChatModel(server.models)?.id : undefined;
}

/** Requests one token. Does not use `fetch`, which would give up after five minutes without a response. */
function ask(
  url: string,
  apiKey: string | undefined,
  model: string,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const send = url.startsWith("https:") ? requestHttps : requestHttp;
  const headers = {
    "content-type": "application/json",
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
  return new Promise((resolve, reject) => {
    const request = send(
      `${url}/v1/chat/completions`,
      { method: "POST", headers, signal, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          if (text.length < mostWords) text += part;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(JSON.stringify({ model, messages: [{ role: "user", content: "Hi" }], max_tokens: 1 }));
  });
}
