export interface Shape {
  readonly duration?: number
  readonly width?: number
  readonly height?: number
  /** It has no sound. */
  readonly isSilent?: boolean
}

/** Seconds and pixels, as far as they can be read off the file with little effort. */
export const probe = (bytes: Uint8Array): Shape => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.toString("latin1", 4, 8) === "ftyp") return mp4(view)
  if (view.toString("latin1", 0, 4) === "OggS") return { duration: ogg(view) }
  return {}
}

/** Boxes of ISO 14496-12: `moov` holds `mvhd` (time) and, in each `trak`, `tkhd` (size). */
const mp4 = (file: Buffer): Shape => {
  const moov = boxes(file).find((box) => box.type === "moov")
  if (moov === undefined) return {}
  const inside = boxes(moov.content)
  const header = inside.find((box) => box.type === "mvhd")?.content
  const sizes = inside
    .filter((box) => box.type === "trak")
    .flatMap((track) => boxes(track.content).filter((box) => box.type === "tkhd"))
    .map((box) => sizeOf(box.content))
  const size = sizes.find(({ width }) => width > 0)
  const handlers = inside.filter((box) => box.type === "trak").flatMap((track) => handlersOf(track.content))
  const isSilent = handlers.includes("vide") && !handlers.includes("soun")
  return { ...(header !== undefined && { duration: durationOf(header) }), ...size, isSilent }
}

/** A track's handler says of what kind it is. */
const handlersOf = (track: Buffer): ReadonlyArray<string> =>
  boxes(track)
    .filter(({ type }) => type === "mdia")
    .flatMap(({ content }) => boxes(content))
    .flatMap(({ content, type }) => (type === "hdlr" ? [content.toString("latin1", 8, 12)] : []))

/** 64-bit times in version 1 make the header 12 bytes longer. */
const durationOf = (mvhd: Buffer): number => {
  const isLong = mvhd[0] === 1
  if (mvhd.length < (isLong ? 32 : 20)) return 0
  const scale = mvhd.readUInt32BE(isLong ? 20 : 12)
  const length = isLong ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16)
  return scale === 0 ? 0 : Math.round(length / scale)
}

/** The last eight bytes: width and height as 16.16 fixed point. */
const sizeOf = (tkhd: Buffer): { readonly width: number; readonly height: number } =>
  tkhd.length < 8
    ? { width: 0, height: 0 }
    : { width: tkhd.readUInt16BE(tkhd.length - 8), height: tkhd.readUInt16BE(tkhd.length - 4) }

interface Box {
  readonly type: string
  readonly content: Buffer
}

const boxes = (file: Buffer): ReadonlyArray<Box> => {
  const found: Array<Box> = []
  let at = 0
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at) || file.length - at
    if (size < 8) break
    found.push({ type: file.toString("latin1", at + 4, at + 8), content: file.subarray(at + 8, at + size) })
    at += size
  }
  return found
}

/** Opus counts 48,000 samples a second whatever its input had; the last page holds the number of the last sample. */
const ogg = (file: Buffer): number => {
  const last = file.lastIndexOf("OggS")
  return last + 14 > file.length ? 0 : Math.round(Number(file.readBigInt64LE(last + 6)) / 48_000)
}
