import { type Child, seeded, start } from "./child.ts"
import type { Usage } from "./host.ts"
import { inPlace, type Place } from "./place.ts"
import { statsOf, until } from "./stats.ts"
import { startUpdate } from "./update.ts"

const secret = "bench"

/** How many updates a figure is the mean of. */
const sample = 500

export interface Flat {
  readonly queued: number
  /** Milliseconds of the host's processor time to take one in, the mean; one request at a time. */
  readonly accept: number
  /** The same to work one. */
  readonly work: number
}

/** What one update costs while so many are queued. Processor time, since the disk and the neighbours have their moods. */
export const flatness = async (depths: ReadonlyArray<number>): Promise<ReadonlyArray<Flat>> => {
  const flats: Array<Flat> = []
  for (const queued of depths) flats.push({ queued, accept: await accept(queued), work: await work(queued) })
  return flats
}

const accept = (depth: number): Promise<number> =>
  inPlace(async (place) => {
    await seeded(place, depth, depth)
    const host = start("host.ts", { ...place, secret, works: false })
    await host.next()
    for (let id = 1; id <= sample; id++) await post(place, id)
    const before = await cpuOf(host)
    for (let id = sample + 1; id <= 2 * sample; id++) await post(place, id)
    const cpu = (await cpuOf(host)) - before
    await host.stop()
    return cpu / sample
  })

/** Keeps the queue at its depth, or works a deep one off: either way `sample` are worked, in a process that is warm. */
const work = (depth: number): Promise<number> =>
  inPlace(async (place) => {
    const isDeep = depth > sample
    await seeded(place, depth + 2 * sample, isDeep ? depth + sample : 0)
    const host = start("host.ts", { ...place, secret, works: true })
    await host.next()
    const cpu = isDeep ? await workedOff(place, host) : await worked(place, host, depth)
    await host.stop()
    return cpu
  })

const workedOff = async ({ port }: Place, host: Child): Promise<number> => {
  const warm = await until(port, ({ applied }) => applied >= sample, 250)
  const before = await cpuOf(host)
  const after = await until(port, ({ applied }) => applied >= warm.applied + sample, 250)
  return ((await cpuOf(host)) - before) / (after.applied - warm.applied)
}

const worked = async (place: Place, host: Child, depth: number): Promise<number> => {
  let id = 0
  const round = async (size: number) => {
    const { applied } = await statsOf(place.port)
    await Promise.all(Array.from({ length: size }, () => post(place, ++id)))
    await until(place.port, (stats) => stats.applied >= applied + size)
  }
  while (id < sample) await round(100)
  const before = await cpuOf(host)
  for (let left = Math.min(sample, 100 * depth); left > 0; left -= depth) await round(depth)
  return ((await cpuOf(host)) - before) / (id - sample)
}

const cpuOf = async (host: Child): Promise<number> => ((await host.ask()) as Usage).cpu

const post = async ({ port }: Place, id: number): Promise<void> => {
  const response = await fetch(`http://127.0.0.1:${port}/telegram/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
    body: startUpdate(id),
  })
  await response.arrayBuffer()
  if (response.status !== 200) throw new Error(`the webhook answered ${response.status}`)
}
