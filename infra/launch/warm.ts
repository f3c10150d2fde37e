import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "../clock/clock.ts";
import { chooseChatModel } from "../engines/vllm/model/choose.ts";
import { askForModels } from "./discover.ts";

/** What is to be warmed. */
export interface WarmOptions {
  readonly url: string;
  readonly apiKey: string | undefined;
  /** The model that will be asked for; undefined: the one that would be taken from the list. */
  readonly model: string | undefined;
  readonly clock: Clock;
  /** Tells people what is going on. */
  readonly say: (text: string, level: "info" | "warn") => void;
  /** Its abort ends the wait. */
  readonly signal: AbortSignal;
}

const listTimeoutMs = 3_000;
/** A model that is in memory has answered by then. */
const soonMs = 2_000;
const mostWords = 300;

/**
 * Has a model server load its model before anybody asks: it is asked for one token, with no limit of time, since Ollama gives up loading
 * when whoever asked gives up waiting. Says that it loads, that it has, and what it says if it cannot. Never rejects.
 */
export async function warm({ url, apiKey, model: named, clock, say, signal }: WarmOptions): Promise<void> {
  try {
    const model = named ?? (await listed(url, apiKey));
    if (model === undefined) return;
    const startedAt = clock.now();
    let waited = false;
    const cancel = clock.after(soonMs, () => {
      waited = true;
      say(`${model} is being loaded at ${url}: questions are answered once it is`, "info");
    });
    const { status, text } = await ask(url, apiKey, model, signal).finally(cancel);
    const seconds = ((clock.now() - startedAt) / 1000).toFixed(0);
    if (status !== 200) say(`${model} at ${url} does not answer (${status}): ${text.slice(0, mostWords)}`, "warn");
    else if (waited) say(`${model} is loaded, after ${seconds} s`, "info");
  } catch (error) {
    if (!signal.aborted) say(`the model at ${url} was not loaded: ${(error as Error).message}`, "warn");
  }
}

async function listed(url: string, apiKey: string | undefined): Promise<string | undefined> {
  const server = await askForModels(url, listTimeoutMs, apiKey);
  return server.kind === "models" ? chooseChatModel(server.models)?.id : undefined;
}

/** Not by `fetch`, which waits for five minutes and no longer. */
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
