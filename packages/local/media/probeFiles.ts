import { readFile, writeFile } from "node:fs/promises"
import { shapeKeyOf } from "@concierge/core/services/VideoShape.ts"
import * as Effect from "effect/Effect"
import { probe } from "./probe.ts"

// `npm run probe -- FILE…`: writes what is to be uploaded beside each video.

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error("usage: npm run probe -- FILE.mp4 …   writes FILE.mp4.json, to be uploaded beside it")
  process.exitCode = 2
}
for (const file of files) {
  try {
    const { shape } = await Effect.runPromise(probe(await readFile(file)))
    await writeFile(shapeKeyOf(file), `${JSON.stringify(shape)}\n`)
    console.log(`${shapeKeyOf(file)}: ${shape.width}×${shape.height}, ${shape.duration} s`)
  } catch (error) {
    console.error(
      `${file}: it cannot be read as an MP4 video (${String(error instanceof Error ? error.message : error)})`,
    )
    process.exitCode = 2
  }
}
