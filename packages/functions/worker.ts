// The one brand of the bundle: the build puts the stage's in the place of this module.
import { brand } from "@concierge/brands/concierge/brand.ts"
import { workerLayer } from "./layers/worker.ts"
import { workerHandler } from "./workerHandler.ts"

export const handler = workerHandler(workerLayer(brand))
export const { ready } = handler
