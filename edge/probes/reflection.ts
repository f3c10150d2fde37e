import { type DescFile, fromBinary, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, SourceCodeInfoSchema } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import type { ServerReflectionRequest } from "../wellknown/gen/grpc/reflection/v1/reflection_pb.ts";
import type { ServerReflectionRequest as AlphaRequest } from "../wellknown/gen/grpc/reflection/v1alpha/reflection_pb.ts";

// Declared here, since the generated types each fit only one of the two versions of the service; this type fits both.
type Answer =
  | { case: "listServicesResponse"; value: { service: { name: string }[] } }
  | { case: "fileDescriptorResponse"; value: { fileDescriptorProto: Uint8Array<ArrayBuffer>[] } }
  | { case: "allExtensionNumbersResponse"; value: { baseTypeName: string; extensionNumber: number[] } }
  | { case: "errorResponse"; value: { errorCode: Code; errorMessage: string } };

/** Implements `ServerReflectionInfo` of v1 and of v1alpha, which differ only in their names. */
export type Reflect = (
  requests: AsyncIterable<ServerReflectionRequest | AlphaRequest>,
) => AsyncGenerator<{ validHost: string; originalRequest: never; messageResponse: Answer }>;

/**
 * Describes the served API to clients that have no proto files: lists the services of `files`, and returns files by
 * name or by a symbol that they define, with comments where available. No extension is found, since none is defined.
 * Files without a service are included: their messages appear in error details, to which no service's proto refers.
 */
export function createReflection(files: readonly DescFile[]): Reflect {
  const services = files.flatMap((file) => file.services.map(({ typeName }) => ({ name: typeName })));
  const byName = new Map(files.flatMap(withImports).map((file) => [file.proto.name, file]));
  const bySymbol = new Map([...byName.values()].flatMap((file) => symbolsOf(file).map((symbol) => [symbol, file])));

  async function answer({
    case: kind,
    value,
  }: ServerReflectionRequest["messageRequest"] | AlphaRequest["messageRequest"]): Promise<Answer> {
    switch (kind) {
      case "listServices":
        return { case: "listServicesResponse", value: { service: services } };
      case "fileByFilename":
        return describe(byName.get(value), "file of this name");
      case "fileContainingSymbol":
        return describe(bySymbol.get(value.replace(/^\./, "")), "symbol of this name");
      case "fileContainingExtension":
        return describe(undefined, "extension");
      case "allExtensionNumbersOfType":
        return bySymbol.has(value)
          ? { case: "allExtensionNumbersResponse", value: { baseTypeName: value, extensionNumber: [] } }
          : describe(undefined, "type of this name");
      default:
        return refuse(Code.InvalidArgument, "the request has no message_request that this server supports: set one");
    }
  }

  return async function* reflect(requests) {
    for await (const request of requests)
      yield {
        validHost: request.host,
        // The answer repeats the request, whose message type differs between v1 and v1alpha.
        originalRequest: request as never,
        messageResponse: await answer(request.messageRequest),
      };
  };
}

/** Answers with a file and all files that it imports, so that the client need not ask again. */
async function describe(file: DescFile | undefined, what: string): Promise<Answer> {
  if (file === undefined)
    return refuse(Code.NotFound, `there is no ${what} here: send list_services to see which services there are`);
  // The comments are large, and only people at a console ask for them, so they are loaded only here.
  const { comments } = await import("../gen/comments.ts");
  const fileDescriptorProto = withImports(file).map(({ proto }) => {
    const info = comments.get(proto.name);
    const sourceCodeInfo = info && fromBinary(SourceCodeInfoSchema, base64Decode(info));
    return toBinary(FileDescriptorProtoSchema, sourceCodeInfo ? { ...proto, sourceCodeInfo } : proto);
  });
  return { case: "fileDescriptorResponse", value: { fileDescriptorProto } };
}

function refuse(errorCode: Code, errorMessage: string): Answer {
  return { case: "errorResponse", value: { errorCode, errorMessage } };
}

function withImports(file: DescFile): DescFile[] {
  return [...new Set([file, ...file.dependencies.flatMap(withImports)])];
}

function symbolsOf(file: DescFile): string[] {
  return [...nestedTypes(file)].flatMap((type) => {
    switch (type.kind) {
      case "message":
        return [type, ...type.fields, ...type.oneofs].map((part) =>
          part.kind === "message" ? part.typeName : `${type.typeName}.${part.name}`,
        );
      case "enum": {
        // As in C, the values of an enum belong to the scope around the enum.
        const scope = type.typeName.slice(0, -type.name.length);
        return [type.typeName, ...type.values.map(({ name }) => scope + name)];
      }
      case "service":
        return [type.typeName, ...type.methods.map(({ name }) => `${type.typeName}.${name}`)];
      default:
        return [type.typeName];
    }
  });
}
