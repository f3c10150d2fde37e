export { concat, concatSamples, frameBytes, toBytes, toSamples } from "../../../infra/audio/pcm.ts";
