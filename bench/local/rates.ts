import type { Load } from "../load/generator.ts"
import { peopleIn } from "../load/mix.ts"
import type { Salvo } from "../load/shoot.ts"
import { median } from "../median.ts"
import { seeded, start } from "./child.ts"
import type { Usage } from "./host.ts"
import { inPlace } from "./place.ts"

const secret = "bench"

/** So long a cold process is left to warm up, and then measured. */
const seconds = { warm: 3, measured: 5 }

export interface AtRate {
  /** Updates a second, in the mix of `npm run load`. */
  readonly rate: number
  /** Milliseconds within which 95 of 100 are answered, medians of the rounds. */
  readonly p95: number
  readonly floor: number
  /** Host to floor, round by round, from the least to the most. */
  readonly ratios: ReadonlyArray<number>
  /** Of the host, in MB: the most of all rounds. */
  readonly peakMb: number
  /** Requests that were not answered with 200. */
  readonly failed: number
}

/** How soon the host answers at each rate while it works, beside the bare floor, which only stores; one after the other. */
export const rates = async (all: ReadonlyArray<number>, rounds: number): Promise<ReadonlyArray<AtRate>> => {
  const found: Array<AtRate> = []
  for (const rate of all) {
    const [floors, hosts] = [[] as Measured[], [] as Measured[]]
    for (let round = 0; round < rounds; round++) {
      floors.push(await under("floor.ts", rate))
      hosts.push(await under("host.ts", rate))
    }
    const ratios = hosts
      .map(({ p95 }, round) => p95 / (floors[round]?.p95 ?? Number.NaN))
      .toSorted((one, other) => one - other)
    const p95Of = (measured: ReadonlyArray<Measured>) => median(measured.map(({ p95 }) => p95))
    const peakMb = Math.max(...hosts.map(({ peakMb }) => peakMb))
    const failed = hosts.reduce((sum, { failed }) => sum + failed, 0)
    found.push({ rate, p95: p95Of(hosts), floor: p95Of(floors), ratios, peakMb, failed })
  }
  return found
}

interface Measured {
  readonly p95: number
  readonly peakMb: number
  readonly failed: number
}

const under = (module: "floor.ts" | "host.ts", rate: number): Promise<Measured> =>
  inPlace(async (place) => {
    const [warm, measured] = [rate * seconds.warm, rate * seconds.measured]
    const isHost = module === "host.ts"
    if (isHost) await seeded(place, peopleIn(warm + measured), 0)
    const server = start(module, { ...place, ...(isHost ? { secret, works: true } : { grouped: false }) })
    await server.next()
    const phases = [
      { name: "warm", rate, requests: warm, first: 0 },
      { name: "measured", rate, requests: measured, first: warm },
    ]
    const load: Load = { port: place.port, secret, phases }
    const salvos = (await start("../load/generator.ts", load).next()) as ReadonlyArray<Salvo>
    const peakMb = isHost ? ((await server.ask()) as Usage).peakMb : 0
    await server.stop()
    const failed = salvos.reduce((sum, { shot }) => sum + shot.phase.requests - (shot.answers[200] ?? 0), 0)
    return { p95: salvos.at(-1)?.shot.latency.p95 ?? Number.NaN, peakMb, failed }
  })
