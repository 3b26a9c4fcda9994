import { type ChildProcess, fork } from "node:child_process"
import type { Answered, Asked } from "./Asked.ts"

/** After so many faults the bench begins anew: what they left in memory goes with it. */
const faultsABench = 60

/** A process that runs tests on one fault after the other, and is killed where a fault makes it turn for ever. */
export class Bench {
  #process: ChildProcess | undefined
  #asked = 0

  async ask(asked: Asked, patience: number): Promise<Answered> {
    if (this.#asked++ % faultsABench === 0) this.close()
    const bench = this.#process ?? fork(new URL("worker.ts", import.meta.url), { stdio: "ignore" })
    this.#process = bench
    return new Promise((done) => {
      const end = (answered: Answered) => {
        clearTimeout(late)
        bench.removeAllListeners()
        done(answered)
      }
      const dead = (by: string) => {
        this.close()
        end({ by, took: {} })
      }
      const late = setTimeout(dead, patience, "it never ended")
      bench.once("message", end).once("exit", () => dead("it ended the process"))
      bench.send(asked)
    })
  }

  close(): void {
    this.#process?.removeAllListeners().kill("SIGKILL")
    this.#process = undefined
  }
}
