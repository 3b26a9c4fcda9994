import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import type * as Multipart from "effect/http/Multipart"
import * as UrlParams from "effect/http/UrlParams"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { type BotApiError, badRequest, tooLarge } from "../errors.ts"
import type { Params, Upload } from "../params.ts"

/** What a bot may upload. */
const largest = 50 * 1024 * 1024

/** The parameters of a call: the query's and the body's together. */
export const readParams = Effect.fnUntraced(function* (
  request: HttpServerRequest.HttpServerRequest,
): Effect.fn.Return<Params, BotApiError, HttpServerRequest.ParsedSearchParams> {
  const query = yield* HttpServerRequest.ParsedSearchParams
  const { values, uploads } = yield* bodyOf(request)
  return { values: { ...query, ...values }, uploads }
})

const none: Params["uploads"] = new Map()

const bodyOf = (request: HttpServerRequest.HttpServerRequest): Effect.Effect<Params, BotApiError> => {
  if (request.method === "GET") return Effect.succeed({ values: {}, uploads: none })
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase()
  switch (type) {
    case "application/json":
      return request.text.pipe(
        Effect.flatMap((text) =>
          Effect.try({ try: (): unknown => JSON.parse(text === "" ? "{}" : text), catch: () => broken }),
        ),
        Effect.filterOrFail(Predicate.isObject, () => broken),
        Effect.map((values) => ({ values: withoutNulls(values), uploads: none })),
        Effect.mapError(() => broken),
      )
    case "application/x-www-form-urlencoded":
      return request.urlParamsBody.pipe(
        Effect.map((params) => ({ values: UrlParams.toRecord(params), uploads: none })),
        Effect.mapError(() => badRequest("can't parse the form")),
      )
    case "multipart/form-data":
      return multipart(request)
    default:
      return Effect.succeed({ values: {}, uploads: none })
  }
}

/** Some clients write null for what they leave out. */
const withoutNulls = (values: object): Params["values"] =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

const broken = badRequest("can't parse JSON object")

const multipart = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
  const values = new Map<string, string>()
  const uploads = new Map<string, Upload>()
  let excess = false
  yield* request.multipartStream.pipe(
    Stream.runForEach(
      Effect.fnUntraced(function* (part) {
        if (part._tag === "Field") {
          values.set(part.key, part.value)
          return
        }
        const bytes = yield* collect(part)
        if (bytes === undefined) excess = true
        else uploads.set(part.key, { bytes, name: part.name, contentType: part.contentType })
      }),
    ),
    Effect.mapError(() => badRequest("can't parse the form")),
  )
  return excess ? yield* tooLarge : { values: Object.fromEntries(values), uploads }
})

/** Reads even what is too large to its end, so that the client gets to see the answer. */
const collect = (file: Multipart.File) => {
  const chunks: Array<Uint8Array> = []
  let size = 0
  return file.content.pipe(
    Stream.runForEach((chunk) =>
      Effect.sync(() => {
        size += chunk.length
        if (size <= largest) chunks.push(chunk)
        else chunks.length = 0
      }),
    ),
    Effect.map(() => (size > largest ? undefined : Buffer.concat(chunks))),
  )
}
