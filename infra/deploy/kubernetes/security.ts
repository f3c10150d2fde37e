/** What pods may do: `restricted` and `baseline` are the levels of Kubernetes' Pod Security Standards. */

/** Who our own image runs as. */
export const user = 10_001;

/** Our own pods pass `restricted`. */
export const restrictedPod = {
  automountServiceAccountToken: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  },
};

/** A container of ours writes nothing but what it may forget. */
export const restrictedContainer = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

/** The engines' images run as root and write where they like: they pass `baseline`. */
export const baselinePod = (group: number | undefined) => ({
  automountServiceAccountToken: false,
  securityContext: {
    seccompProfile: { type: "RuntimeDefault" },
    ...(group === undefined ? {} : { fsGroup: group }),
  },
});

/** The same for a container. */
export const baselineContainer = { securityContext: { allowPrivilegeEscalation: false } };
