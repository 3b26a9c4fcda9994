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

  const start: () => Promise<{ readonly eSpeakNGWorker: typeof eSpeakNGWorker }>
  export default start
}
