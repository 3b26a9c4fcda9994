import { watcherLayer } from "./layers/watcher.ts"
import { watcherHandler } from "./watcherHandler.ts"

export const handler = watcherHandler(watcherLayer)
export const { ready } = handler
