import { type ThinkingModel, thinkingOf } from "../../../../infra/engines/vllm/model/thinking.ts";
import type { ChatRequest } from "../../chat.ts";
import { chatBody } from "./body.ts";
import type { Complaint } from "./complaint/complaint.ts";
import { shapeMessages, toWire } from "./messages.ts";

/*
 * Servers that offer OpenAI's chat completions differ in what they accept, and reveal it only by refusing. A server's
 * habits are what is known about this: from its kind, from the model's name, and from what it has refused before.
 * Something that it has refused is omitted or expressed differently from then on, for the life of this process, so that
 * only one request suffers from it.
 */

/** A body of `POST /v1/chat/completions`. */
export type Body = Readonly<Record<string, unknown>> & { readonly messages: readonly object[] };

/** What a server accepts and what it refuses, as learned from its answers so far. */
export interface Habits {
  /**
   * Builds the body of a request in a form that this server accepts. `owner` is the model's owner according to the
   * server's list of models; undefined if the list was not read.
   */
  body(request: ChatRequest, model: string, owner: string | undefined): Body;
  /**
   * Learns from a server's refusal of a request body: returns a description of what will be done differently from now
   * on; undefined if nothing changes.
   */
  learn(complaint: Complaint, body: Body): string | undefined;
  /**
   * Whether a model's answers are expected to begin inside a thought, because the chat template opens the thought.
   * `thinking`: whether thinking was left on.
   */
  opened(model: string, thinking: boolean): boolean;
  /** Whether a model writes in the channels of OpenAI's harmony format. */
  channels(model: string): boolean;
  /**
   * Records whether an answer showed that the chat template opens a thought (`opens`), given the request's `thinking`.
   */
  noteTemplate(model: string, thinking: boolean, opens: boolean): void;
}

/** The ways to turn off thinking: fields of a request's body, of which each server supports some or none. */
type Switch = "chat_template_kwargs" | "reasoning_effort" | "think";

/**
 * Which ways of turning off thinking a server supports, keyed by the owner that the server reports for its models.
 * Servers other than vLLM fail on vLLM's own field, and vLLM fails on theirs.
 */
const byOwner: Readonly<Record<string, readonly Switch[]>> = {
  vllm: ["chat_template_kwargs"],
  sglang: ["chat_template_kwargs"],
  llamacpp: ["chat_template_kwargs"],
  // Ollama reports `library` as the owner of its models.
  library: ["reasoning_effort", "think"],
  openai: [],
  system: [],
};
const everySwitch: readonly Switch[] = ["chat_template_kwargs", "reasoning_effort", "think"];

/** For each field that turns off thinking, a pattern that recognizes an error message about that field. */
const speaksOf: Readonly<Record<Switch, RegExp>> = {
  chat_template_kwargs: /chat_template|enable_thinking/i,
  reasoning_effort: /reasoning_?\s?effort|reasoning|thinking/i,
  think: /\bthink(?:ing)?\b/i,
};

const refusing = [400, 422, 500, 501];

/**
 * Creates the `Habits` of a server, which learn from its refusals which requests it accepts. `startsThinking`: whether
 * the chat template opens a thought, as configured; if undefined, this is inferred from the model's name.
 */
export function createHabits(startsThinking: boolean | undefined): Habits {
  const refused = new Set<Switch | "stream_options" | "max_tokens" | "system">();
  const templates = new Map<string, boolean>();

  const switchesFor = (known: ThinkingModel | undefined, owner: string | undefined) => {
    const switches = byOwner[owner ?? ""] ?? everySwitch;
    const all = known?.byEffort === true ? [...switches, "reasoning_effort" as const] : switches;
    return all.filter((field) => !refused.has(field));
  };

  return {
    body(request, model, owner) {
      const known = thinkingOf(model);
      const messages = shapeMessages(request.messages, refused.has("system"));
      const { max_tokens, stream_options, ...body } = chatBody({ ...request, messages }, model);
      return {
        ...body,
        messages: messages.map(toWire),
        ...(!refused.has("stream_options") && { stream_options }),
        [refused.has("max_tokens") ? "max_completion_tokens" : "max_tokens"]: max_tokens,
        ...(!request.thinking && withoutThinking(switchesFor(known, owner), known)),
      };
    },

    learn({ status, type, param, message }, body) {
      if (!refusing.includes(status)) return undefined;
      const words = `${param} ${message}`;
      const refuse = (told: string, ...what: (Switch | "stream_options" | "max_tokens" | "system")[]) => {
        for (const one of what) refused.add(one);
        return told;
      };
      const switches = everySwitch.filter((field) => field in body);
      // A field's name must be a whole word in the server's message: `thinking` there does not mean the field `think`.
      const named = switches.filter((field) => new RegExp(`\\b${field}\\b`).test(words));
      const meant = named.length > 0 ? named : switches.filter((field) => speaksOf[field].test(words));
      if (meant.length > 0)
        return refuse(`Duet no longer sends ${meant.join(", ")}, which this server rejected`, ...meant);
      if (/stream_options/.test(words))
        return refuse(
          "Duet no longer asks this server for token usage, since it rejected stream_options",
          "stream_options",
        );
      if (/max_completion_tokens/.test(words) || (param === "max_tokens" && /unsupported/i.test(`${type} ${message}`)))
        return refuse(
          "this server does not accept max_tokens, so Duet now sends it max_completion_tokens instead",
          "max_tokens",
        );
      if (
        speaksOfRoles.test(message) &&
        body.messages.some((message) => "role" in message && message.role === "system")
      )
        return refuse(
          "the model's chat template does not support the system role, so Duet now puts system messages into the first user message",
          "system",
        );
      // The server does not say what it rejects. It may be the fields that turn thinking off, which some servers do not
      // know.
      if (message === "" && status < 500 && switches.length > 0)
        return refuse(
          "this server rejected a request without saying why, so Duet no longer sends it the fields that turn thinking off",
          ...switches,
        );
      return undefined;
    },

    opened(model, thinking) {
      const known = thinkingOf(model)?.opened ?? false;
      return templates.get(`${thinking} ${model}`) ?? startsThinking ?? (known === "asked" ? thinking : known);
    },

    channels: (model) => thinkingOf(model)?.byEffort === true,

    noteTemplate(model, thinking, opens) {
      if (startsThinking === undefined) templates.set(`${thinking} ${model}`, opens);
    },
  };
}

const speaksOfRoles =
  /system.{0,30}(?:role|message|prompt).{0,30}(?:not supported|unsupported|not allowed|not permitted)|(?:not support|unsupported).{0,30}system|only user(?:,| and) assistant|roles must alternate/is;

function withoutThinking(switches: readonly Switch[], known: ThinkingModel | undefined): object {
  const fields: Record<Switch, unknown> = {
    // Two names for the same switch: Qwen and most others use the first, DeepSeek uses the second. A template ignores
    // names that it does not know.
    chat_template_kwargs: { enable_thinking: false, thinking: false },
    reasoning_effort: known?.byEffort === true ? "low" : "none",
    think: false,
  };
  return Object.fromEntries(switches.map((field) => [field, fields[field]]));
}
