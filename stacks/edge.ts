import { firewall } from "./firewall.ts"
import { edge as limits } from "./limits.ts"
import type { Stage } from "./stage.ts"
import { stageTags } from "./stageTags.ts"
import type { Webhook } from "./webhook.ts"

export const originHeader = "x-origin-verify"

/** AWS's own policies by their fixed ids: nothing is cached, and every header but Host is passed on. */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-66738e2966ac"

export type OriginLock = NonNullable<ReturnType<typeof originLock>>

/** What only the edge and the webhook know. Generated for each stage: nobody sets it, nobody reads it. */
export const originLock = (stage: Stage) => {
  if (!stage.permanent) return undefined
  const password = new random.RandomPassword("OriginPassword", { length: limits.originSecretLength, special: false })
  return { value: password.result, link: new sst.Linkable("OriginSecret", { properties: { value: password.result } }) }
}

/** CloudFront's certificates, firewall and metrics live in us-east-1, wherever the stage is. */
export const edgeRegion = () => new aws.Provider("EdgeRegion", { region: "us-east-1", defaultTags: stageTags() })

export type Edge = NonNullable<ReturnType<typeof edge>>

export const edge = (stage: Stage, { api }: Webhook, lock: OriginLock | undefined) => {
  if (lock === undefined) return undefined
  const provider = edgeRegion()
  const key = new random.RandomPassword("OperatorPassword", { length: limits.operatorKeyLength, special: false })
  const acl = firewall(stage, provider, key.result)
  const cdn = new sst.aws.Cdn("Edge", {
    comment: `${$app.name} ${stage.name} webhook`,
    ...(stage.domain !== undefined ? { domain: stage.domain } : {}),
    webAclArn: acl.arn,
    origins: [
      {
        originId: "webhook",
        domainName: api.nodes.api.apiEndpoint.apply((url) => new URL(url).host),
        // Sets the header also where a caller sent one of their own.
        customHeaders: [{ name: originHeader, value: lock.value }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
          originReadTimeout: limits.originReadSeconds,
          originKeepaliveTimeout: limits.originKeepAliveSeconds,
        },
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "webhook",
      viewerProtocolPolicy: "https-only",
      // CloudFront has no smaller set with POST in it.
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
      cachedMethods: ["GET", "HEAD"],
      cachePolicyId: cachingDisabled,
      originRequestPolicyId: allViewerExceptHost,
      compress: false,
    },
  })
  return {
    cdn,
    acl,
    provider,
    operatorKey: key.result,
    url: $util.all([cdn.domainUrl, cdn.url]).apply(([own, given]) => own ?? given),
  }
}
