/**
 * The part of node-llama-cpp's types that is used here. The package is not one of Duet's dependencies, so its own types
 * are missing when this project is type-checked.
 */
declare module "node-llama-cpp" {
  export type Token = number & { readonly __token: never };

  export interface Llama {
    loadModel(options: { modelPath: string; useMmap?: boolean }): Promise<LlamaModel>;
    createGrammarForJsonSchema(schema: object): Promise<LlamaGrammar>;
    createGrammar(options: { grammar: string }): Promise<LlamaGrammar>;
    dispose(): Promise<void>;
  }

  export interface LlamaGrammar {
    readonly grammar: string;
  }

  export interface LlamaModel {
    readonly trainContextSize: number;
    readonly tokenizer: unknown;
    readonly tokens: { readonly bosString: string | null };
    createContext(options: { contextSize: number; sequences: number; threads: number }): Promise<LlamaContext>;
  }

  export interface LlamaContext {
    readonly contextSize: number;
    getSequence(): LlamaContextSequence;
  }

  export interface LlamaContextSequence {
    /** The tokens that the sequence has processed. */
    readonly contextTokens: readonly Token[];
    readonly tokenMeter: { getState(): TokenMeterState; diff(since: TokenMeterState): TokenMeterState };
    adaptStateToTokens(tokens: readonly Token[], allowShift?: boolean): Promise<void>;
    evaluateWithoutGeneratingNewTokens(tokens: readonly Token[]): Promise<void>;
  }

  export interface TokenMeterState {
    readonly usedInputTokens: number;
    readonly usedOutputTokens: number;
  }

  export interface Text {
    readonly values: readonly unknown[];
    tokenize(tokenizer: unknown): Token[];
  }
  export class SpecialToken {
    readonly value: string;
  }
  export function LlamaText(values: readonly unknown[]): Text;

  export type ChatHistoryItem =
    | { type: "system"; text: string }
    | { type: "user"; text: string }
    | { type: "model"; response: string[] };

  export interface ChatWrapper {
    generateContextState(options: { chatHistory: readonly ChatHistoryItem[] }): { contextText: Text };
  }

  export class LlamaChat {
    constructor(options: { contextSequence: LlamaContextSequence; chatWrapper?: ChatWrapper });
    readonly chatWrapper: ChatWrapper;
    generateResponse(history: readonly ChatHistoryItem[], options: GenerateOptions): Promise<{ metadata: Ending }>;
  }

  export interface GenerateOptions {
    onTextChunk?: (text: string) => void;
    onToken?: (tokens: readonly Token[]) => void;
    signal?: AbortSignal;
    maxTokens?: number;
    temperature?: number;
    topP?: number;
    topK?: number;
    minP?: number;
    seed?: number;
    repeatPenalty?: false | { penalty?: number; frequencyPenalty?: number; presencePenalty?: number };
    grammar?: LlamaGrammar;
    customStopTriggers?: readonly string[];
    trimWhitespaceSuffix?: boolean;
  }

  export type Ending =
    | { stopReason: "eogToken" | "stopGenerationTrigger" | "functionCalls" | "maxTokens" | "abort" }
    | { stopReason: "customStopTrigger"; customStopTrigger: readonly (string | Token)[] };

  export class InsufficientMemoryError extends Error {}
  export class NoBinaryFoundError extends Error {}

  export function resolveChatWrapper(model: LlamaModel): ChatWrapper;

  export function getLlama(options: {
    gpu: false;
    build: "never";
    skipDownload: true;
    progressLogs: false;
    logLevel: "error";
    logger: (level: string, message: string) => void;
  }): Promise<Llama>;
}
