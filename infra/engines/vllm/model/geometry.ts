import type { Geometry as GeometryMessage } from "../../../gen/duet/config/v1/vllm_pb.ts";

/** The dimensions of a decoder-only transformer's layers. */
export interface Shape {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly attentionHeads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
}

/** The dimensions of a decoder-only transformer, and everything else that its memory depends on. */
export interface Geometry extends Shape {
  readonly maxPositionEmbeddings: number;
  readonly ropeTheta: number;
  readonly tiedEmbeddings: boolean;
  /** Whether queries, keys and values have a bias. */
  readonly attentionBias?: boolean;
  /** Layers that keep only the last `window` tokens, and attend only to these tokens. */
  readonly sliding?: { readonly layers: number; readonly window: number };
  /** Mixture of experts: each layer has several feed-forward parts, a few of which are used per token. */
  readonly experts?: { readonly count: number; readonly intermediateSize: number };
  /** The number of weights outside the language model, such as those of a vision encoder. */
  readonly otherWeights?: number;
  /** The size of all weights in bytes, if stated; otherwise it is computed. */
  readonly weightBytes?: number;
  /** The data type of the model's checkpoint. */
  readonly dtype?: string;
  /** Whether the model has its own multi-token prediction heads. */
  readonly multiTokenHeads?: boolean;
}

/** The dimensions in `base`, overridden by those in `written`; undefined if a required dimension is in neither. */
export function mergeGeometry(base: Geometry | undefined, written: GeometryMessage | undefined): Geometry | undefined {
  if (written === undefined) return base;
  const { layers, hiddenSize, intermediateSize, attentionHeads, vocabularySize, maxPositionEmbeddings } = {
    ...base,
    ...defined(written),
  };
  const all = [layers, hiddenSize, intermediateSize, attentionHeads, vocabularySize, maxPositionEmbeddings];
  if (all.some((value) => value === undefined)) return undefined;
  const heads = attentionHeads as number;
  const { weightBytes } = written;
  return {
    ...(base ?? {
      ropeTheta: 1_000_000,
      tiedEmbeddings: false,
      keyValueHeads: heads,
      headSize: (hiddenSize as number) / heads,
    }),
    ...(defined(written) as Partial<Geometry>),
    ...(weightBytes === undefined ? {} : { weightBytes: Number(weightBytes) }),
  } as Geometry;
}

function defined({ $typeName, $unknown, weightBytes, ...fields }: GeometryMessage): Partial<Geometry> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
