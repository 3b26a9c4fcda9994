import { openSync, readSync } from "node:fs"
import type { EspeakModule, EspeakOptions, FileNode } from "@echogarden/espeak-ng-emscripten"

/** Bytes, of WebAssembly's memory. */
const page = 65_536

/**
 * espeak's data are 24 MB, the words of a hundred languages, of which a brand speaks a few. The room for all of it is
 * asked for and stays untouched, so that it costs no memory; a file is read into its place when espeak first opens it.
 * WebAssembly's memory comes from the system and goes back to it; an ArrayBuffer's, freed once, is given zeroed and so
 * touched the next time, by the allocator.
 */
export const dataOnDemand = () => {
  let data: { readonly file: number; readonly room: ArrayBuffer } | undefined
  const read = new WeakSet<FileNode>()
  const fill = (node: FileNode): void => {
    const { contents } = node
    if (data === undefined || read.has(node) || contents?.buffer !== data.room) return
    read.add(node)
    readSync(data.file, contents, 0, contents.byteLength, contents.byteOffset)
  }
  /** For espeak's start. */
  const options: EspeakOptions = {
    getPreloadedPackage: (path, size) => {
      const room = new WebAssembly.Memory({ initial: Math.ceil(size / page) }).buffer
      data = { file: openSync(path, "r"), room }
      return room
    },
  }
  /** For what has been started so: before anything is spoken. */
  const attach = ({ FS }: EspeakModule): void => {
    const open = FS.open
    FS.open = (...asked: Array<unknown>) => {
      const stream = open.apply(FS, asked)
      fill(stream.node)
      return stream
    }
  }
  return { options, attach }
}
