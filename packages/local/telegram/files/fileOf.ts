import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import { type BotApiError, badRequest } from "../errors.ts"
import { type Kind, typeOf } from "../model.ts"
import type { Params, Upload } from "../params.ts"
import { Files, type Incoming, type Stored } from "./Files.ts"
import { fetchUrl } from "./fetchUrl.ts"
import { thumbnailOf } from "./pictures.ts"
import { probe } from "./probe.ts"

/** By URL, anything larger does not become a voice message. */
const largestVoiceByUrl = 1024 * 1024

/** The file that a send names: by `file_id`, by URL, or as an upload in the field itself or `attach://` another. */
export const fileOf = Effect.fn("Files.fileOf")(function* (
  kind: "video" | "voice",
  { values, uploads }: Params,
  shape: Incoming["shape"],
): Effect.fn.Return<Stored, BotApiError, Files | HttpClient.HttpClient> {
  const files = yield* Files
  const value = values[kind]
  const upload = uploads.get(kind) ?? (typeof value === "string" ? attached(value, uploads) : undefined)
  if (upload !== undefined) {
    if (upload.bytes.length === 0) return yield* badRequest("file must be non-empty")
    const file = { ...upload, contentType: sniffed(kind, upload) }
    const thumbnail = yield* thumbnailOf({ values, uploads })
    return files.keep({ ...file, kind: withSound(kind, file), shape, thumbnail })
  }
  if (typeof value !== "string" || value === "") return yield* badRequest(`there is no ${kind} in the request`)
  if (/^https?:\/\//i.test(value)) {
    const fetched = yield* fetchUrl(value)
    return files.keep({ ...fetched, kind: withSound(kindByUrl(kind, fetched), fetched), shape })
  }
  const stored = files.get(value)
  if (stored === undefined) return yield* badRequest("wrong file identifier/HTTP URL specified")
  if (stored.kind !== kind && !(kind === "video" && stored.kind === "animation")) {
    return yield* badRequest(`can't use file of type ${typeOf(stored.kind)} as ${typeOf(kind)}`)
  }
  return stored
})

/** A video without sound is an animation, whatever it was sent as. */
const withSound = (kind: Kind, { bytes }: Upload): Kind =>
  kind === "video" && probe(bytes).isSilent === true ? "animation" : kind

const attached = (value: string, uploads: Params["uploads"]): Upload | undefined =>
  value.startsWith("attach://") ? uploads.get(value.slice("attach://".length)) : undefined

/** Clients often upload without saying what it is. */
const sniffed = (kind: "video" | "voice", { contentType }: Upload): string => {
  if (contentType !== "application/octet-stream" && contentType !== "") return contentType
  return kind === "video" ? "video/mp4" : "audio/ogg"
}

/** By URL, what is not exactly right arrives as a file that nobody plays by itself. */
const kindByUrl = (kind: "video" | "voice", { contentType, bytes }: Upload): Kind => {
  if (kind === "video") return contentType === "video/mp4" ? "video" : "document"
  if (contentType === "audio/ogg" && bytes.length <= largestVoiceByUrl) return "voice"
  return contentType.startsWith("audio/") && contentType !== "audio/ogg" ? "audio" : "document"
}
