/**
 * A buf plugin that writes the edge's OpenAPI 3.1 description: its RPCs as plain JSON from the protos, and the other
 * endpoints from `paths.yaml`. It is a TypeScript module, so that it can be bundled. A stream is described by the
 * schema of one line, since OpenAPI 3.1 cannot describe streams.
 */
import { readFileSync } from "node:fs";
import type { DescMethod } from "@bufbuild/protobuf";
import { createEcmaScriptPlugin, runNodeJs } from "@bufbuild/protoplugin";
import { parse } from "yaml";
import { commentOf, createSchemas, type Schema, type Schemas } from "./schemas.ts";

const error = { description: "What is wrong.", content: { "application/json": { schema: refer("ConnectError") } } };

function refer(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

function operation(method: DescMethod, schemas: Schemas): Schema {
  const isStream = method.methodKind === "server_streaming";
  const answer = schemas.refer(method.output);
  const lines = 'One event per line. If the call fails after the response has begun, the last line is `{"error": …}`.';
  const sound = { schema: { type: "string", contentMediaType: "application/octet-stream" } };
  return {
    operationId: method.name,
    tags: ["Bare JSON"],
    summary: method.name,
    description: commentOf(method),
    requestBody: { required: true, content: { "application/json": { schema: schemas.refer(method.input) } } },
    responses: {
      "200": isStream
        ? {
            description: `${lines} If the first type in the Accept header is an audio type, the response is the spoken answer in that format.`,
            content: {
              "application/x-ndjson": { schema: answer },
              ...Object.fromEntries(
                ["wav", "mpeg", "ogg", "pcm", "pcmu", "pcma"].map((form) => [`audio/${form}`, sound]),
              ),
            },
          }
        : { description: "The answer.", content: { "application/json": { schema: answer } } },
      default: error,
    },
  };
}

const plugin = createEcmaScriptPlugin({
  name: "protoc-gen-openapi",
  version: "v1",
  generateTs(schema) {
    const schemas = createSchemas();
    const methods = schema.files
      .flatMap(({ services }) => services)
      .filter(({ typeName }) => typeName === "duet.assistant.v1.AssistantService")
      .flatMap(({ methods }) => methods);
    const rpcs = methods.map((method) => [
      `/${method.parent.typeName}/${method.name}`,
      { post: operation(method, schemas) },
    ]);
    const written = parse(readFileSync(new URL("paths.yaml", import.meta.url), "utf8"));
    const document = {
      ...written,
      paths: { ...written.paths, ...Object.fromEntries(rpcs) },
      components: { ...written.components, schemas: { ...written.components.schemas, ...schemas.all() } },
    };
    const file = schema.generateFile("openapi/openapi.ts");
    file.print(
      "// The OpenAPI 3.1 description of the edge, generated from the protos and edge/faces/openapi/plugin/paths.yaml.",
    );
    file.print(`export const openapi: Readonly<Record<string, unknown>> = ${JSON.stringify(document, null, 2)};`);
  },
});

runNodeJs(plugin);
