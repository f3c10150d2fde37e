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

/**
 * The security context of an engine's pod: the engines' images run as root and write anywhere, so their pods can only
 * satisfy `baseline`, Kubernetes's less strict security standard.
 */
export const baselinePod = (group: number | undefined) => ({
  automountServiceAccountToken: false,
  securityContext: {
    seccompProfile: { type: "RuntimeDefault" },
    ...(group === undefined ? {} : { fsGroup: group }),
  },
});

/** The security context of an engine's container, whose image runs as root. */
export const baselineContainer = { securityContext: { allowPrivilegeEscalation: false } };
