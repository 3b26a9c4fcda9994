import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { FileIds } from "../services/FileIds.ts"
import { keyForLog, type MediaError } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import type { File, KnownFile, Sent } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { inTime, TooLate } from "./Invocation.ts"
import type { Turns } from "./Turns.ts"
import { lastSend, timeoutOf } from "./times.ts"

/** What a source gives when it has the file; undefined when it has not. */
export type Source<E, R> = Effect.Effect<File | undefined, E, R>

/**
 * Sends from the first source whose file Telegram takes, and remembers the id it gives it. A source is given up only
 * when Telegram refused for good, so that at most one of the sends can have been accepted. Undefined: all refused, or
 * one did and no time is left for the next.
 */
export const sendFrom = Effect.fnUntraced(function* <E, R, P>(
  key: string,
  sources: ReadonlyArray<Source<E, R>>,
  send: (file: File) => Effect.Effect<Sent, TelegramError | TooLate, P>,
  turns: Turns,
  expiresAt?: number,
) {
  let isRefusedOnce = false
  for (const source of sources) {
    const file = yield* source
    if (file === undefined) continue
    const isLate = Result.isFailure(yield* Effect.result(inTime(turns.invocation, timeoutOf(file))))
    if (isLate && isRefusedOnce) return undefined
    if (isLate) return yield* new TooLate()
    const sent = yield* orRefused(send(file))
    if (isRefused(sent)) {
      // Whatever the source, it would be by the same method.
      if (sent.refused === "RateLimited") return undefined
      // Any other refusal may be for this person only, and everybody shares the id.
      if (sent.refused === "BadFile") yield* forgetFile(key)
      // A copy would not try what is forgotten, but would be refused the rest again.
      else isRefusedOnce = true
      continue
    }
    if (sent.file !== undefined && file._tag !== "FileId") yield* rememberFile(key, sent.file, expiresAt)
    return sent
  }
  return undefined
})

/** A source that cannot be read gives way to the next one. */
export const orElsewhere = <R>(source: Effect.Effect<File, MediaError, R>): Effect.Effect<File | undefined, never, R> =>
  Effect.catchTag(source, "MediaError", (error) =>
    Effect.as(Effect.logWarning("a file cannot be read, trying the next source", { error }), undefined),
  )

/** By its id, if Telegram knows the file: neither fetched nor uploaded again. */
export const remembered = Effect.fnUntraced(function* (
  key: string,
): Effect.fn.Return<File | undefined, Effect.Error<ReturnType<FileIds["Service"]["get"]>>, FileIds | Metrics> {
  const known = yield* (yield* FileIds).get(key)
  yield* (yield* Metrics).count(known === undefined ? "FileIdMisses" : "FileIdHits")
  return known === undefined ? undefined : { _tag: "FileId", ...known }
})

/** The message is with the person by now: failing here would only send it again. */
const rememberFile = Effect.fnUntraced(function* (key: string, file: KnownFile, expiresAt: number | undefined) {
  const fileIds = yield* FileIds
  yield* Effect.catchTag(fileIds.remember(key, file, expiresAt), "SettingsError", (error) =>
    Effect.logWarning("a file id could not be remembered, the file will be sent whole again", {
      key: keyForLog(key),
      error,
    }),
  )
})

const forgetFile = Effect.fnUntraced(function* (key: string) {
  yield* Effect.logInfo("Telegram no longer knows a file id, forgetting it", { key: keyForLog(key) })
  yield* (yield* FileIds).forget(key)
})

type Refused = { readonly refused: "BadFile" | "BadUrl" | "RateLimited" | "Rejected" }

const isRefused = (sent: Sent | Refused): sent is Refused => "refused" in sent

/** A limit that outlasts any patience is one of the method's, as far as we know: there are others. */
const orRefused = <R>(sent: Effect.Effect<Sent, TelegramError | TooLate, R>) => {
  const giveWay = ({ _tag, description }: { readonly _tag: Refused["refused"]; readonly description: string }) =>
    Effect.as(Effect.logWarning("Telegram refused a file", { reason: _tag, why: description }), { refused: _tag })
  const outlasts = ({ reason }: TelegramError): boolean =>
    reason._tag === "RateLimited" && Duration.isGreaterThan(Duration.seconds(reason.retryAfter), lastSend)
  return sent.pipe(
    Effect.catchReasons("TelegramError", { BadFile: giveWay, BadUrl: giveWay, Rejected: giveWay }),
    Effect.catchIf(
      (error) => error._tag === "TelegramError" && outlasts(error),
      () => giveWay({ _tag: "RateLimited", description: "it is limited for longer than can be waited" }),
    ),
  )
}
