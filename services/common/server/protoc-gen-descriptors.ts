/**
 * A buf plugin that writes the descriptors of the protos to one TypeScript file, for gRPC reflection to serve. The
 * output is a module instead of a binary file so that it can be bundled.
 */
import { readFileSync, writeSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

const { protoFile } = fromBinary(CodeGeneratorRequestSchema, readFileSync(0));
for (const file of protoFile) delete file.sourceCodeInfo;
const descriptors = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: protoFile }));

const content = `// A google.protobuf.FileDescriptorSet of every service in this folder.
export const descriptors: Uint8Array = Buffer.from(
  "${Buffer.from(descriptors).toString("base64")}",
  "base64",
);
`;
const response = create(CodeGeneratorResponseSchema, {
  supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
  file: [{ name: "duet/descriptors.ts", content }],
});
writeSync(1, toBinary(CodeGeneratorResponseSchema, response));
