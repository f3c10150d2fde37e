/** Security contexts of pods: `restricted` and `baseline` are levels of Kubernetes' Pod Security Standards. */

/** The user that our own image runs as. */
export const user = 10_001;

/** Our own pods satisfy `restricted`. */
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

/** Our containers only write temporary data. */
export const restrictedContainer = {
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

/** The engines' images run as root and write anywhere, so they satisfy `baseline`. */
export const baselinePod = (group: number | undefined) => ({
  automountServiceAccountToken: false,
  securityContext: {
    seccompProfile: { type: "RuntimeDefault" },
    ...(group === undefined ? {} : { fsGroup: group }),
  },
});

/** The security context of a container with such an image. */
export const baselineContainer = { securityContext: { allowPrivilegeEscalation: false } };
