import { parentPort } from "node:worker_threads"
import type { Reply, Request } from "./messages.ts"
import { makeSynthesizer, type Synthesizer } from "./synthesizer.ts"

let synthesizer: Promise<Synthesizer> | undefined

const reply = (message: Reply, transfer: ReadonlyArray<ArrayBuffer> = []) => parentPort?.postMessage(message, transfer)

parentPort?.on("message", async ({ id, voice, text }: Request) => {
  try {
    synthesizer ??= makeSynthesizer()
    const mp3 = (await synthesizer)(voice, text)
    reply({ id, mp3 }, [mp3.buffer])
  } catch (error) {
    reply({ id, error })
  }
})
