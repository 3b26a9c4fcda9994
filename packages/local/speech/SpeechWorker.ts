import { Worker } from "node:worker_threads"
import { Unavailable } from "@concierge/core/services/reasons.ts"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Reply, Request } from "./messages.ts"

/** A thread that speaks, one request after the other. */
export interface SpeechWorker {
  request(voice: string, text: string): Effect.Effect<Uint8Array, Unavailable>
}

/** In MB, of V8's heap: it uses 18 for the longest text. Without limits it would let garbage lie until it has twice as much. */
const limits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 }

/** Starts the thread; the scope ends it. If it dies, what it was asked fails, and so does all that it is asked after. */
export const start = (script: URL): Effect.Effect<SpeechWorker, never, Scope.Scope> =>
  Effect.gen(function* () {
    const waiting = new Map<number, (answer: Effect.Effect<Uint8Array, Unavailable>) => void>()
    let asked = 0
    let dead: Unavailable | undefined

    const worker = yield* Effect.acquireRelease(
      Effect.sync(() => new Worker(script, { name: "speech", resourceLimits: limits })),
      (worker) => Effect.promise(() => worker.terminate()),
    )
    const settle = (id: number, answer: Effect.Effect<Uint8Array, Unavailable>) => {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    }
    const die = (cause: unknown) => {
      dead ??= new Unavailable({ cause })
      for (const id of waiting.keys()) settle(id, Effect.fail(dead))
    }
    worker.on("message", (reply: Reply) =>
      settle(
        reply.id,
        "mp3" in reply ? Effect.succeed(reply.mp3) : Effect.fail(new Unavailable({ cause: reply.error })),
      ),
    )
    worker.on("error", die)
    worker.on("exit", (code) => die(new Error(`The speech worker ended with code ${code}.`)))

    return {
      request: (voice, text) =>
        Effect.callback((resume) => {
          if (dead !== undefined) return resume(Effect.fail(dead))
          const id = asked++
          waiting.set(id, resume)
          worker.postMessage({ id, voice, text } satisfies Request)
          return Effect.sync(() => waiting.delete(id))
        }),
    }
  })
