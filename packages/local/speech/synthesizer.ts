import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dataOnDemand } from "./dataOnDemand.ts"

/** Runs in the worker: espeak and LAME block, and together take some 40 MB. */
export type Synthesizer = (voice: string, text: string) => Uint8Array<ArrayBuffer>

const wordsPerMinute = 150
/** Kilobits a second: plenty for one voice at espeak's 22,050 Hz, 6 KB for each second heard. */
const bitrate = 48

export const makeSynthesizer = async (): Promise<Synthesizer> => {
  const [{ default: startEspeak }, { createEncoder }] = await Promise.all([
    installed("@echogarden/espeak-ng-emscripten", import("@echogarden/espeak-ng-emscripten")),
    installed("wasm-media-encoders", import("wasm-media-encoders")),
  ])
  const data = dataOnDemand()
  // By itself the encoder fetches its program from a data: URL, for which Node loads 20 MB.
  const lame = readFileSync(createRequire(import.meta.url).resolve("wasm-media-encoders/wasm/mp3"))
  const [module, encoder] = await Promise.all([startEspeak(data.options), createEncoder("audio/mpeg", lame)])
  data.attach(module)
  const espeak = new module.eSpeakNGWorker()

  return (voice, text) => {
    if (espeak.set_voice(voice) !== 0) throw new Error(`espeak has no voice "${voice}".`)
    espeak.rate = wordsPerMinute
    encoder.configure({ sampleRate: espeak.samplerate, channels: 1, bitrate })
    // The encoder gives views of its own memory, hence the copies.
    const parts: Array<Uint8Array> = []
    espeak.synthesize(withoutMarkup(text), (samples) => {
      parts.push(encoder.encode([Float32Array.from(samples, (sample) => sample / 32_768)]).slice())
      return false
    })
    parts.push(encoder.finalize().slice())
    return new Uint8Array(Buffer.concat(parts))
  }
}

/** espeak obeys SSML (an hour's `<break/>`) and phonemes in `[[…]]`; to us a text is what is read aloud. */
const withoutMarkup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("[[", "[ [")

const installed = async <A>(name: string, module: Promise<A>): Promise<A> => {
  try {
    return await module
  } catch (cause) {
    throw new Error(`The optional package ${name} cannot be loaded: run "npm install --include=optional".`, { cause })
  }
}
