import { brand } from "./brand.ts"
import { workerLayer } from "./layers/worker.ts"
import { workerHandler } from "./workerHandler.ts"

export const handler = workerHandler(workerLayer(brand))
export const { ready } = handler
