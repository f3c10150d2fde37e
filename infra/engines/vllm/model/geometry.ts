import type { Geometry as GeometryMessage } from "../../../gen/duet/config/v1/vllm_pb.ts";

/** What every layer of a decoder-only transformer is made of. */
export interface Shape {
  readonly layers: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly attentionHeads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabularySize: number;
}

/** The shape of a decoder-only transformer, and what else its memory hangs on. */
export interface Geometry extends Shape {
  readonly maxPositionEmbeddings: number;
  readonly ropeTheta: number;
  readonly tiedEmbeddings: boolean;
  /** Queries, keys and values have a bias. */
  readonly attentionBias?: boolean;
  /** Layers that see only the last `window` tokens and keep no others. */
  readonly sliding?: { readonly layers: number; readonly window: number };
  /** Each layer has several feed-forward parts, of which a token takes some. */
  readonly experts?: { readonly count: number; readonly intermediateSize: number };
  /** Weights beside the language model: what sees images. */
  readonly otherWeights?: number;
  /** Bytes of all weights, where somebody said so; else they are computed. */
  readonly weightBytes?: number;
  /** The number type that its checkpoint was trained in. */
  readonly dtype?: string;
  /** Whether it brings heads of its own for further tokens. */
  readonly multiTokenHeads?: boolean;
}

/** The shape that is written in the config, over what is known otherwise; undefined if fields are missing. */
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
