/** Security contexts of pods: `restricted` and `baseline` are levels of Kubernetes' Pod Security Standards. */

/** The id of the user that our own image runs as. */
export const user = 10_001;

/** What our own pods have in their specs to satisfy `restricted`, the strictest of Kubernetes's security standards. */
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

/** The security context of our own containers: a read-only file system, since they only write temporary data. */
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
