import { workerLayer } from "./layers/worker.ts"
import { workerHandler } from "./workerHandler.ts"

export const handler = workerHandler(workerLayer)
export const { ready } = handler
