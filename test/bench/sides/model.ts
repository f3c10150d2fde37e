import { createParser } from "eventsource-parser";
import { Agent } from "undici";
import { edge } from "../../../infra/settings/edge.ts";

/** The model server as a side asks it: the question, with the instructions that Duet gives. */
export interface Model {
  /** The whole answer at once. */
  answer(question: string, signal: AbortSignal): Promise<string>;
  /** The answer token by token. */
  stream(question: string, signal: AbortSignal): AsyncGenerator<string>;
  /** The bytes of the stream as they come, unread. */
  raw(question: string, signal: AbortSignal): AsyncGenerator<Buffer>;
}

/** Makes a client of the model server at `url`. */
export function createModel(url: string): Model & { close(): Promise<void> } {
  const agent = new Agent({ connections: null, keepAliveTimeout: 4000 });
  async function ask(question: string, stream: boolean, signal: AbortSignal) {
    const { statusCode, body } = await agent.request({
      origin: url,
      path: "/v1/chat/completions",
      method: "POST",
      headers: { "content-type": "application/json" },
      body: modelRequest(question, stream),
      signal,
    });
    if (statusCode !== 200) throw new Error(`the model server answered ${statusCode}: ${await body.text()}`);
    return body;
  }
  const raw: Model["raw"] = async function* (question, signal) {
    yield* (await ask(question, true, signal)) as AsyncIterable<Buffer>;
  };
  return {
    raw,
    async answer(question, signal) {
      const body = (await (await ask(question, false, signal)).json()) as Completion;
      return body.choices[0]?.message?.content ?? "";
    },
    async *stream(question, signal) {
      let texts: string[] = [];
      const parser = createParser({
        onEvent({ data }) {
          if (data === "[DONE]") return;
          const text = (JSON.parse(data) as Completion).choices[0]?.delta?.content;
          if (text) texts.push(text);
        },
      });
      const decoder = new TextDecoder();
      for await (const bytes of raw(question, signal)) {
        parser.feed(decoder.decode(bytes, { stream: true }));
        const ready = texts;
        texts = [];
        yield* ready;
      }
    },
    close: () => agent.destroy(),
  };
}

/** What the model server is asked: the question, after the instructions that Duet gives. */
export function modelRequest(question: string, stream: boolean): string {
  return JSON.stringify({
    model: "duet-script",
    stream,
    max_tokens: 512,
    messages: [
      { role: "system", content: edge.instructions.fallback },
      { role: "user", content: question },
    ],
  });
}

interface Completion {
  choices: { message?: { content?: string }; delta?: { content?: string } }[];
}
