import { parentPort, workerData } from "node:worker_threads"
import { headersOf } from "./headersOf.ts"

// What it rejects with ends the thread, and its parent hears of that.
parentPort?.postMessage(await headersOf(workerData))
