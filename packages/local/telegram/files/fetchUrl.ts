import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as Stream from "effect/Stream"
import { largestByUrl } from "../../media/limits.ts"
import { type BotApiError, badRequest } from "../errors.ts"
import type { Upload } from "../params.ts"

const patience = "30 seconds"

const failed = badRequest("failed to get HTTP URL content")

/** The file behind a URL that the bot gave, really fetched. */
export const fetchUrl = Effect.fn("Files.fetchUrl")(function* (
  url: string,
): Effect.fn.Return<Upload, BotApiError, HttpClient.HttpClient> {
  if (!URL.canParse(url)) return yield* badRequest("invalid file HTTP URL specified: Host is invalid")
  const client = HttpClient.followRedirects(yield* HttpClient.HttpClient, 5)
  const { contentType, bytes } = yield* client.get(url).pipe(
    Effect.filterOrFail(
      ({ status, headers }) => status >= 200 && status < 300 && Number(headers["content-length"] ?? 0) <= largestByUrl,
      () => failed,
    ),
    Effect.flatMap((response) =>
      Effect.map(collect(response.stream), (bytes) => ({
        contentType: (response.headers["content-type"] ?? "application/octet-stream").split(";")[0] ?? "",
        bytes,
      })),
    ),
    Effect.timeout(patience),
    Effect.mapError(() => failed),
  )
  if (contentType === "text/html") return yield* badRequest("wrong type of the web page content")
  return { bytes, contentType, name: new URL(url).pathname.split("/").at(-1) || "file" }
})

const collect = <E, R>(stream: Stream.Stream<Uint8Array, E, R>): Effect.Effect<Uint8Array, E | BotApiError, R> =>
  Effect.suspend(() => {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return stream.pipe(
      Stream.runForEach((chunk) => {
        size += chunk.length
        chunks.push(chunk)
        return size > largestByUrl ? failed : Effect.void
      }),
      Effect.map(() => Buffer.concat(chunks)),
    )
  })
