/** The package has no types of its own: the part that is used. */
declare module "@echogarden/espeak-ng-emscripten" {
  export class eSpeakNGWorker {
    readonly samplerate: number
    /** Words a minute. */
    rate: number
    /** By the name of its file, such as `pt-BR` (in any case). Not 0: there is none, and the voice before stays. */
    set_voice(name: string): number
    /** Calls back with 16-bit mono samples, piece by piece, until it returns; true stops it. */
    synthesize(text: string, onSamples: (samples: Int16Array) => boolean): void
  }

  export interface EspeakOptions {
    /** Emscripten's own: gives the file of this path and size, of which the files of the module are views. */
    getPreloadedPackage(path: string, size: number): ArrayBuffer
  }

  /** A file of Emscripten's; a directory has other contents. */
  export interface FileNode {
    readonly contents?: Uint8Array<ArrayBuffer>
  }

  export interface EspeakModule {
    readonly eSpeakNGWorker: typeof eSpeakNGWorker
    /** Through which espeak opens all of its files. */
    readonly FS: { open(...asked: Array<unknown>): { readonly node: FileNode } }
  }

  const start: (options: EspeakOptions) => Promise<EspeakModule>
  export default start
}

/** Of WebAssembly, which Node's types name and do not describe: the part that is used. */
declare namespace WebAssembly {
  class Memory {
    /** In pages of 64 KiB. */
    constructor(size: { readonly initial: number })
    readonly buffer: ArrayBuffer
  }
}
