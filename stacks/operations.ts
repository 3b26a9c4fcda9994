import type { Edge } from "./edge.ts"
import type { Stage } from "./stage.ts"
import { type Webhook, webhookPath } from "./webhook.ts"

/** What the operator's tool finds in `sst shell`, and no function ever. */
export const operations = (stage: Stage, { api }: Webhook, front: Edge | undefined) =>
  new sst.Linkable("Operations", {
    properties: {
      webhookUrl: $interpolate`${front?.url ?? api.url}${webhookPath}`,
      /** The edge lets whoever sends it through from any address. */
      operatorKey: front?.operatorKey ?? "",
      isReleased: stage.permanent,
    },
  })
