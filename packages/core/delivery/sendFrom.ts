import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { FileIds } from "../services/FileIds.ts"
import { keyForLog, type MediaError } from "../services/Media.ts"
import type { File, Sent } from "../services/Telegram.ts"
import type { TelegramError } from "../services/TelegramError.ts"
import { type Invocation, inTime, TooLate } from "./Invocation.ts"
import { fileTimeout } from "./times.ts"

/** What a source gives when it has the file; undefined when it has not. */
export type Source<E, R> = Effect.Effect<File | undefined, E, R>

/**
 * Sends from the first source whose file Telegram takes, and remembers the id it gives it. A source is given up only
 * when Telegram refused for good, so that at most one of the sends can have been accepted. Undefined: all refused, or
 * one did and no time is left for the next.
 */
export const sendFrom = Effect.fnUntraced(function* <E, R>(
  key: string,
  sources: ReadonlyArray<Source<E, R>>,
  send: (file: File) => Effect.Effect<Sent, TelegramError>,
  invocation: Invocation,
  expiresAt?: number,
) {
  let isRefusedOnce = false
  for (const source of sources) {
    const file = yield* source
    if (file === undefined) continue
    const isLate = Result.isFailure(yield* Effect.result(inTime(invocation, fileTimeout)))
    if (isLate && isRefusedOnce) return undefined
    if (isLate) return yield* new TooLate()
    const sent = yield* orRefused(send(file))
    if (isRefused(sent)) {
      // Any other refusal may be for this person only, and everybody shares the id.
      if (sent.refused === "BadFile") yield* forgetFile(key)
      isRefusedOnce = true
      continue
    }
    if (sent.fileId !== undefined && file._tag !== "FileId") yield* rememberFile(key, sent.fileId, expiresAt)
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
): Effect.fn.Return<File | undefined, Effect.Error<ReturnType<FileIds["Service"]["get"]>>, FileIds> {
  const fileId = yield* (yield* FileIds).get(key)
  return fileId === undefined ? undefined : { _tag: "FileId", fileId }
})

/** The message is with the person by now: failing here would only send it again. */
const rememberFile = Effect.fnUntraced(function* (key: string, fileId: string, expiresAt: number | undefined) {
  const fileIds = yield* FileIds
  yield* Effect.catchTag(fileIds.remember(key, fileId, expiresAt), "SettingsError", (error) =>
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

type Refused = { readonly refused: "BadFile" | "BadUrl" | "Rejected" }

const isRefused = (sent: Sent | Refused): sent is Refused => "refused" in sent

const orRefused = (sent: Effect.Effect<Sent, TelegramError>): Effect.Effect<Sent | Refused, TelegramError> => {
  const giveWay = ({ _tag, description }: { readonly _tag: Refused["refused"]; readonly description: string }) =>
    Effect.as(Effect.logWarning("Telegram refused a file", { reason: _tag, why: description }), { refused: _tag })
  return Effect.catchReasons(sent, "TelegramError", { BadFile: giveWay, BadUrl: giveWay, Rejected: giveWay })
}
