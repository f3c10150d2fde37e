import type {
  ChatHistoryItem,
  ChatWrapper,
  LlamaChat,
  LlamaContextSequence,
  LlamaGrammar,
  Token,
} from "node-llama-cpp";
import { createPipe } from "../../stream/pipe.ts";
import { modelName } from "./file.ts";
import { type Loaded, type LoadOptions, loadModel } from "./load.ts";
import {
  type LocalModel,
  type Message,
  PromptTooLongError,
  UnsupportedFormError,
  type WriteEvent,
  type WriteRequest,
} from "./model.ts";

/**
 * How many tokens of a prompt are processed before checking whether the caller is still there: about 0.1 s for a small
 * model.
 */
const chunkTokens = 64;

/** Loads a GGUF file with llama.cpp, on the CPU. Throws a one-line message that says what to do. */
export async function createLlamaModel(options: LoadOptions): Promise<LocalModel> {
  const loaded = await loadModel(options);
  const { library, llama, model, context } = loaded;
  const wrapper = withoutSecondBos(library.resolveChatWrapper(model), loaded);
  const idle = Array.from({ length: options.parallel }, () => {
    const sequence = context.getSequence();
    return { sequence, chat: new library.LlamaChat({ contextSequence: sequence, chatWrapper: wrapper }) };
  });

  /** Writes an answer, reporting its text as it comes. */
  async function generate(request: WriteRequest, tokens: readonly Token[], writer: Writer): Promise<Ended> {
    const { chat, sequence, signal } = writer;
    const grammar = await grammarOf(request, loaded);
    const cachedTokens = await readPrompt(sequence, tokens, signal);
    const before = sequence.tokenMeter.getState();
    const { presencePenalty, frequencyPenalty, repetitionPenalty, seed, ...drawn } = request.sampling;
    const isPenalized = presencePenalty !== 0 || frequencyPenalty !== 0 || repetitionPenalty !== 1;
    const room = context.contextSize - tokens.length;
    const { metadata } = await chat.generateResponse(historyOf(request.messages), {
      ...drawn,
      ...(seed !== undefined && { seed }),
      ...(grammar !== undefined && { grammar }),
      repeatPenalty: isPenalized && { penalty: repetitionPenalty, frequencyPenalty, presencePenalty },
      maxTokens: Math.min(request.maxTokens ?? room, room),
      customStopTriggers: request.stop,
      onTextChunk: writer.onText,
      signal,
    });
    const { usedOutputTokens } = sequence.tokenMeter.diff(before);
    return {
      type: "ended",
      reason: metadata.stopReason === "maxTokens" ? "length" : "stop",
      usage: { promptTokens: tokens.length, cachedTokens, completionTokens: usedOutputTokens },
    };
  }

  return {
    name: modelName(options.file),
    contextSize: context.contextSize,
    async *write(request, signal) {
      const state = wrapper.generateContextState({ chatHistory: historyOf(request.messages) });
      const tokens = state.contextText.tokenize(model.tokenizer);
      if (tokens.length >= context.contextSize)
        throw new PromptTooLongError(
          `the prompt has ${tokens.length} tokens, which leaves no room for an answer in the context of ${context.contextSize} tokens`,
        );
      const place = takeNearest(idle, tokens);
      const left = new AbortController();
      // Text that a slow reader has not taken yet is joined into one piece: the pipe holds at most the text of one
      // answer.
      const pipe = createPipe<string>({ capacity: 1, join: (last, next) => last + next });
      const writing = generate(request, tokens, {
        ...place,
        signal: AbortSignal.any([signal, left.signal]),
        onText: (text) => void pipe.write(text),
      });
      writing.then(pipe.end, pipe.fail);
      try {
        yield { type: "begun" };
        for await (const text of pipe) yield { type: "text", text };
        yield await writing;
      } finally {
        left.abort();
        await writing.catch(() => {});
        idle.push(place);
      }
    },
    close: () => llama.dispose(),
  };
}

interface Place {
  readonly sequence: LlamaContextSequence;
  readonly chat: LlamaChat;
}

interface Writer extends Place {
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

type Ended = Extract<WriteEvent, { type: "ended" }>;

/**
 * Processes the tokens of the prompt. Those that the slot's sequence already contains are skipped, and their number is
 * returned. Works in chunks, so that it can be stopped between two of them.
 */
async function readPrompt(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  signal: AbortSignal,
): Promise<number> {
  // The last token is left out: it is processed when the first token of the answer is generated.
  const prompt = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(prompt, false);
  const cached = sequence.contextTokens.length;
  for (let start = cached; start < prompt.length; start += chunkTokens) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(start, start + chunkTokens));
  }
  signal.throwIfAborted();
  return cached;
}

/** Takes the idle slot that shares the longest prefix with this prompt: usually that of the same conversation. */
function takeNearest(idle: Place[], tokens: readonly Token[]): Place {
  const known = idle.map(({ sequence }) => commonLength(sequence.contextTokens, tokens));
  const [place] = idle.splice(known.indexOf(Math.max(...known)), 1);
  if (place === undefined) throw new Error("more answers were requested at once than there are slots");
  return place;
}

function commonLength(left: readonly Token[], right: readonly Token[]): number {
  const end = left.findIndex((token, index) => token !== right[index]);
  return end === -1 ? left.length : end;
}

/** The conversation in the library's format, with an empty answer at the end. */
function historyOf(messages: readonly Message[]): ChatHistoryItem[] {
  const items = messages.map(
    ({ role, content }): ChatHistoryItem =>
      role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content },
  );
  return [...items, { type: "model", response: [] }];
}

/**
 * Removes a second BOS token. Some templates begin with BOS, the token that begins every text (SmolLM2's
 * `<|im_start|>`), and the library adds another BOS before it. Two BOS tokens confuse small models.
 */
function withoutSecondBos(wrapper: ChatWrapper, { library, model }: Loaded): ChatWrapper {
  const { bosString } = model.tokens;
  const generate = wrapper.generateContextState.bind(wrapper);
  wrapper.generateContextState = (options) => {
    const state = generate(options);
    const [first, second] = state.contextText.values;
    const isDouble =
      bosString !== null &&
      first instanceof library.SpecialToken &&
      first.value === "BOS" &&
      (second as { value?: string }).value?.startsWith(bosString);
    return isDouble ? { ...state, contextText: library.LlamaText(state.contextText.values.slice(1)) } : state;
  };
  return wrapper;
}

async function grammarOf({ form }: WriteRequest, { llama }: Loaded): Promise<LlamaGrammar | undefined> {
  try {
    switch (form?.type) {
      case "schema":
        return await llama.createGrammarForJsonSchema(form.schema);
      case "choice":
        return await llama.createGrammar({
          grammar: `root ::= ${form.options.map((option) => JSON.stringify(option)).join(" | ")}`,
        });
      default:
        return undefined;
    }
  } catch (error) {
    throw new UnsupportedFormError("llama.cpp does not support this response format", { cause: error });
  }
}
