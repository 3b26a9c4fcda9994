import { createHash, randomBytes } from "node:crypto"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { Database } from "../Database.ts"
import { Kind, Media, type PhotoSize } from "../model.ts"
import { probe } from "./probe.ts"

const Stored = Schema.Struct({ kind: Kind, path: Schema.String, media: Media })
export type Stored = typeof Stored.Type

export interface Incoming {
  readonly kind: Kind
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly name: string
  /** What the bot says of it, which is believed. */
  readonly shape: { readonly duration?: number; readonly width?: number; readonly height?: number }
  /** Stays with the file. */
  readonly thumbnail?: PhotoSize | undefined
}

/** Ids begin as Telegram's do, so that a log reads alike; each folder is the one its downloads come from. */
const forms = {
  video: { prefix: "BAACAgI", folder: "videos", extension: "mp4", shape: { duration: 0, width: 0, height: 0 } },
  animation: { prefix: "CgACAgI", folder: "animations", extension: "mp4", shape: { duration: 0, width: 0, height: 0 } },
  voice: { prefix: "AwACAgI", folder: "voice", extension: "oga", shape: { duration: 0 } },
  audio: { prefix: "CQACAgI", folder: "music", extension: "mp3", shape: { duration: 0 } },
  document: { prefix: "BQACAgI", folder: "documents", extension: "bin", shape: {} },
  photo: { prefix: "AgACAgI", folder: "photos", extension: "jpg", shape: {} },
}

/** Telegram looks into small videos only: a large one of which nothing is said is square and has no length. */
const largestProbed = 10 * 1024 * 1024

const seen = ({ bytes, kind }: Incoming): Incoming["shape"] => {
  if (kind === "video" && bytes.length > largestProbed) return { width: 320, height: 320, duration: 0 }
  const { isSilent: _, ...shape } = probe(bytes)
  return shape
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Stored))

/** Every file that was ever sent. The same bytes sent again as the same kind are the same file. */
export class Files extends Context.Service<
  Files,
  {
    keep(file: Incoming): Stored
    get(fileId: string): Stored | undefined
    at(path: string): Stored | undefined
    bytes(fileId: string): Uint8Array
  }
>()("@concierge/local/telegram/files/Files") {}

export const layer = Layer.effect(
  Files,
  Effect.gen(function* () {
    const { sqlite } = yield* Database
    const insert = sqlite.prepare(
      "INSERT INTO files (file_id, unique_id, kind, path, json, bytes) VALUES (?, ?, ?, ?, ?, ?)",
    )
    const byContent = sqlite.prepare("SELECT json FROM files WHERE unique_id = ? AND kind = ?")
    const byId = sqlite.prepare("SELECT json FROM files WHERE file_id = ?")
    const byPath = sqlite.prepare("SELECT json FROM files WHERE path = ?")
    const bytesOf = sqlite.prepare("SELECT bytes FROM files WHERE file_id = ?")
    const cache = new Map<string, Stored>()
    let count = Number(sqlite.prepare("SELECT count(*) AS n FROM files").get()?.n)

    return Files.of({
      keep: (file) => {
        const uniqueId = createHash("sha256").update(file.bytes).digest("base64url").slice(0, 20)
        const same = byContent.get(uniqueId, file.kind)
        if (same !== undefined) return decode(same.json)
        const { prefix, folder, extension, shape } = forms[file.kind]
        const media: Media = {
          file_id: `${prefix}${randomBytes(48).toString("base64url")}`,
          file_unique_id: uniqueId,
          file_size: file.bytes.length,
          mime_type: file.contentType,
          ...(file.kind !== "voice" && { file_name: file.name }),
          ...(file.kind !== "document" && { ...shape, ...seen(file), ...file.shape }),
          ...(file.thumbnail !== undefined && { thumbnail: file.thumbnail }),
        }
        const path = `${folder}/file_${count++}.${extension}`
        const stored = { kind: file.kind, path, media }
        insert.run(media.file_id, uniqueId, file.kind, path, JSON.stringify(stored), file.bytes)
        return stored
      },
      get: (fileId) => {
        const row = cache.has(fileId) ? undefined : byId.get(fileId)
        if (row !== undefined) cache.set(fileId, decode(row.json))
        return cache.get(fileId)
      },
      at: (path) => {
        const row = byPath.get(path)
        return row === undefined ? undefined : decode(row.json)
      },
      bytes: (fileId) => {
        const bytes = bytesOf.get(fileId)?.bytes
        return bytes instanceof Uint8Array ? bytes : new Uint8Array()
      },
    })
  }),
)
