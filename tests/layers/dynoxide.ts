import { spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:http"
import { createRequire } from "node:module"
import { setTimeout } from "node:timers/promises"
import * as Effect from "effect/Effect"
import { listen } from "./listen.ts"

/** Where the optional binary is; undefined where it does not run or was not installed. */
export const dynoxideBinary = (): string | undefined => {
  try {
    return createRequire(import.meta.url).resolve("@dynoxide/linux-x64/dynoxide")
  } catch {
    return undefined
  }
}

const freePort = Effect.map(Effect.scoped(listen(createServer())), (origin) => new URL(origin).port)

/** Another DynamoDB, in memory and in a process of its own. Gives its endpoint. */
export const dynoxideEndpoint = Effect.fnUntraced(function* (binary: string) {
  const port = yield* freePort
  const endpoint = `http://127.0.0.1:${port}`
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn(binary, ["serve", "--host", "127.0.0.1", "--port", port], { stdio: "ignore" })),
    (child) =>
      Effect.promise(async () => {
        if (child.exitCode !== null) return
        child.kill()
        await once(child, "exit")
      }),
  )
  yield* Effect.promise(async () => {
    while (child.exitCode === null && !(await isUp(endpoint))) await setTimeout(20)
    if (child.exitCode !== null) throw new Error(`dynoxide ended with ${child.exitCode}`)
  })
  return endpoint
})

const isUp = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  )
