import { webhookLayer } from "./layers/webhook.ts"
import { webhookHandler } from "./webhookHandler.ts"

export const handler = webhookHandler(webhookLayer)
export const { ready } = handler
