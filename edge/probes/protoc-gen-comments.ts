/**
 * A buf plugin that writes the comments of proto files to one TypeScript file, for gRPC reflection: protoc-gen-es omits
 * comments from its descriptors. The comments' positions in the proto files are left out: no reader needs them.
 */
import { readFileSync, writeSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
  SourceCodeInfoSchema,
} from "@bufbuild/protobuf/wkt";

const { protoFile, fileToGenerate } = fromBinary(CodeGeneratorRequestSchema, readFileSync(0));

const entries = protoFile
  .filter(({ name }) => fileToGenerate.includes(name))
  .map(({ name, sourceCodeInfo }) => {
    const location = (sourceCodeInfo?.location ?? [])
      .filter(({ leadingComments, trailingComments }) => leadingComments || trailingComments)
      .map(({ path, leadingComments, trailingComments }) => ({
        path,
        // Readers of descriptors require `span`, a position in the proto file, but do not need its values.
        span: [0, 0, 0],
        leadingComments,
        trailingComments,
      }));
    const info = toBinary(SourceCodeInfoSchema, create(SourceCodeInfoSchema, { location }));
    return `  ["${name}", "${Buffer.from(info).toString("base64")}"],\n`;
  });

const content = `/** The comments of protos, by file: a google.protobuf.SourceCodeInfo each, in base64. */
export const comments: ReadonlyMap<string, string> = new Map([
${entries.join("")}]);
`;
const response = create(CodeGeneratorResponseSchema, {
  supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
  file: [{ name: "comments.ts", content }],
});
writeSync(1, toBinary(CodeGeneratorResponseSchema, response));
