import { Worker } from "node:worker_threads"
import { VideoShape } from "@concierge/core/services/VideoShape.ts"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { VideoHeaders } from "./headersOf.ts"

/** The file is no video that can be read: Telegram would not show it either. */
export class NoVideo extends Schema.TaggedError<NoVideo>()("NoVideo", { cause: Schema.Defect() }) {}

export interface Probed extends Pick<VideoHeaders, "codecs" | "container"> {
  readonly shape: VideoShape
}

/** What a video is, by its own headers. */
export type Probe = (bytes: Uint8Array) => Effect.Effect<Probed, NoVideo>

/** The library that reads it is loaded with the first one. */
export const probe: Probe = (bytes) =>
  Effect.map(
    Effect.tryPromise({
      try: async () => (await import("./headersOf.ts")).headersOf(bytes),
      catch: (cause) => new NoVideo({ cause }),
    }),
    probed,
  )

/** The same in a thread that ends with it, and takes the library along: 8 MB less at the peak of a load. */
export const probeAside: Probe = (bytes) =>
  Effect.map(
    Effect.callback<VideoHeaders, NoVideo>((resume) => {
      const worker = new Worker(new URL("headersWorker.ts", import.meta.url), { name: "video", workerData: bytes })
      worker.once("message", (headers: VideoHeaders) => resume(Effect.succeed(headers)))
      const fail = (cause: unknown) => resume(Effect.fail(new NoVideo({ cause })))
      worker.once("error", fail)
      worker.once("exit", (code) => fail(new Error(`the thread that reads it ended with ${code}`)))
      return Effect.promise(() => worker.terminate())
    }),
    probed,
  )

const probed = ({ codecs, container, duration, height, width }: VideoHeaders): Probed => ({
  shape: VideoShape.make({ width, height, duration: Math.max(1, Math.round(duration)) }),
  container,
  codecs,
})
