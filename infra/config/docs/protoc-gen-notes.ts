/**
 * A buf plugin that writes the protos' comments on fields into a TypeScript table, since generated code has no comments
 * at run time. The config reference, the editors' schema and the command line show these comments.
 */
import { readFileSync, writeSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponse_Feature,
  CodeGeneratorResponseSchema,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";

// Two field numbers of descriptor.proto, which occur in the path of a source location: that of the messages in a file,
// and that of the fields in a message.
const [messages, fields] = [4, 2];

function* notesOf(file: FileDescriptorProto): Generator<[name: string, note: string]> {
  for (const { path, leadingComments } of file.sourceCodeInfo?.location ?? []) {
    const [kind, message, member, field] = path;
    if (kind !== messages || message === undefined || leadingComments === "") continue;
    const name = `${file.package}.${file.messageType[message]?.name}`;
    const note = leadingComments.trim().replace(/\s*\n\s*/g, " ");
    if (path.length === 2) yield [name, note];
    if (path.length === 4 && member === fields && field !== undefined)
      yield [`${name}.${file.messageType[message]?.field[field]?.name}`, note];
  }
}

const { protoFile } = fromBinary(CodeGeneratorRequestSchema, readFileSync(0));
const notes = Object.fromEntries(protoFile.flatMap((file) => [...notesOf(file)]));

const content = `// What duet.config.v1 says about each message and field, by its full name.
export const notes: Readonly<Record<string, string>> = ${JSON.stringify(notes, null, 2)};
`;
const response = create(CodeGeneratorResponseSchema, {
  supportedFeatures: BigInt(CodeGeneratorResponse_Feature.PROTO3_OPTIONAL),
  file: [{ name: "duet/config/v1/notes.ts", content }],
});
writeSync(1, toBinary(CodeGeneratorResponseSchema, response));
