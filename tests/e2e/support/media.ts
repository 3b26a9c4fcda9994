import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { botToken } from "../../../packages/local/host/botToken.ts"
import { Host } from "./Host.ts"
import { ask, json } from "./http.ts"

const token = Redacted.value(botToken)

const Found = Schema.Struct({ ok: Schema.Literal(true), result: Schema.Struct({ file_path: Schema.String }) })

/** The bytes behind a file id, as a bot gets them from Telegram. */
export const fileOf = Effect.fnUntraced(function* (fileId: string | undefined) {
  const { url } = yield* Host
  const found = yield* json(`${url}/bot${token}/getFile?file_id=${fileId}`, Found)
  const { bytes, status } = yield* ask(`${url}/file/bot${token}/${found?.result.file_path}`)
  assert.strictEqual(status, 200)
  return Buffer.from(bytes)
})

/** An MP4 with H.264 pictures and AAC sound whose index comes before its content, so that it plays while it loads. */
export const assertMp4 = (file: Buffer): void => {
  assert.strictEqual(file.toString("latin1", 4, 8), "ftyp")
  for (const part of ["avc1", "mp4a"]) assert.include(file.toString("latin1"), part)
  assert.isBelow(file.indexOf("moov"), file.indexOf("mdat"))
}

/** Seconds of an MP3 that is frames from the first byte to the last, read as a decoder would. */
export const mp3Seconds = (file: Buffer): number => {
  let seconds = 0
  for (let at = 0; at < file.length; ) {
    const { bytes, duration } = frame(file, at)
    seconds += duration
    at += bytes
  }
  return seconds
}

// MPEG version 1 has one table of bit rates for layer III, versions 2 and 2.5 share another.
const kbps = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const hertz = [44_100, 48_000, 32_000]

const frame = (file: Buffer, at: number) => {
  const header = at + 4 <= file.length ? file.readUInt32BE(at) : 0
  assert.strictEqual(header >>> 21, 0x7ff, `no frame at byte ${at} of ${file.length}`)
  assert.strictEqual((header >>> 17) & 3, 1, "layer III")
  const version = (header >>> 19) & 3
  const isOne = version === 3
  const rate = (hertz[(header >>> 10) & 3] ?? Number.NaN) / (isOne ? 1 : version === 2 ? 2 : 4)
  const bits = ((isOne ? kbps.one : kbps.two)[(header >>> 12) & 15] ?? Number.NaN) * 1000
  const samples = isOne ? 1152 : 576
  const padding = (header >>> 9) & 1
  return { bytes: Math.floor((samples / 8) * (bits / rate)) + padding, duration: samples / rate }
}
