export {
  asSamples,
  concat,
  concatSamples,
  frameBytes,
  pieces,
  toBytes,
  toSamples,
} from "../../../infra/audio/pcm.ts";
