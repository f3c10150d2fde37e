import { ServerReflectionService } from "nice-grpc-server-reflection";

const { serverReflectionInfo } = ServerReflectionService;

/**
 * gRPC reflection in v1 and v1alpha, which differ only in their names; gRPC's own Python client knows only the older
 * one.
 */
export const reflectionDefinitions = [
  ServerReflectionService,
  {
    serverReflectionInfo: {
      ...serverReflectionInfo,
      path: serverReflectionInfo.path.replace("/grpc.reflection.v1.", "/grpc.reflection.v1alpha."),
    },
  },
];
