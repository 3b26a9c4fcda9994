/** The package has no types of its own: the part that is used. */
declare module "@echogarden/espeak-ng-emscripten" {
  export class eSpeakNGWorker {
    readonly samplerate: number
    /** Words a minute. */
    rate: number
    set_voice(name: string): void
    /** Calls back with 16-bit mono samples, piece by piece, until it returns; true stops it. */
    synthesize(text: string, onSamples: (samples: Int16Array) => boolean): void
  }

  const start: () => Promise<{ readonly eSpeakNGWorker: typeof eSpeakNGWorker }>
  export default start
}
