import { ServerReflectionService } from "nice-grpc-server-reflection";

const { serverReflectionInfo } = ServerReflectionService;

/** gRPC reflection in v1 and in v1alpha: the same but for the name, and gRPC's own client in Python knows only the older. */
export const reflectionDefinitions = [
  ServerReflectionService,
  {
    serverReflectionInfo: {
      ...serverReflectionInfo,
      path: serverReflectionInfo.path.replace("/grpc.reflection.v1.", "/grpc.reflection.v1alpha."),
    },
  },
];
