import { readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"

/** Files of ours by their paths, each with its functions that ran and how often. */
export type Ran = Readonly<Record<string, Readonly<Record<string, number>>>>

const root = fileURLToPath(new URL("../..", import.meta.url))

/** What is behind a service's interface is another study, held to the interface by the contract tests. */
const behind = /^packages\/(telegram|aws\/(dynamo|s3|polly|sdk)|core\/(layers|pace))\//
/** Names, numbers and times, services' interfaces and errors, and what only watches. */
const vocabulary =
  /^(brands\/|packages\/core\/([^/]+$|(brand|services|stored|observe)\/)|packages\/aws\/(lambda\/MetricsEmf|otlp\/|xray\/))/

/** The handler, and what it is run by. */
const door = /^packages\/(functions|aws\/lambda)\//

/**
 * The files that somebody opens who follows an update: the door, and those that hand it on, to a function of another such file or to a
 * service. `ends` are the others that ran: a rule or a reading that is asked and answers.
 */
export const studied = async (ran: Ran) => {
  const files = Object.keys(ran).filter((file) => !behind.test(file) && !vocabulary.test(file))
  const calls = new Map<string, ReadonlyArray<string>>()
  const askers = new Set<string>()
  for (const file of files) {
    const imported = await functionsImported(file)
    calls.set(
      file,
      imported.filter((other) => files.includes(other)),
    )
    if (imported.some((other) => /^packages\/core\/services\/[A-Z]\w+\.ts$/.test(other))) askers.add(file)
  }
  const isOnTheWay = (file: string): boolean =>
    door.test(file) || askers.has(file) || (calls.get(file) ?? []).length > 0
  return {
    onTheWay: files.filter(isOnTheWay).toSorted(),
    ends: files.filter((file) => !isOnTheWay(file)).toSorted(),
    circle: circleIn(calls),
  }
}

/** The files that one takes a function or a class from. */
const functionsImported = async (file: string): Promise<ReadonlyArray<string>> => {
  const found = readFileSync(join(root, file), "utf8").matchAll(/^import \{([^}]*)\} from "([^"]+)"/gm)
  const taken: Array<string> = []
  for (const [, names = "", from = ""] of found) {
    if (!/^(\.|@concierge\/)/.test(from)) continue
    const module: Readonly<Record<string, unknown>> = await import(
      from.startsWith(".") ? resolve(root, file, "..", from) : from
    )
    const values = names.split(",").map((name) => name.trim().split(" as ")[0] ?? "")
    if (!values.some((name) => typeof module[name] === "function")) continue
    taken.push(from.startsWith(".") ? relative(root, resolve(root, file, "..", from)) : pathOf(from))
  }
  return taken
}

const pathOf = (specifier: string): string => relative(root, fileURLToPath(import.meta.resolve(specifier)))

/** A file that comes by itself again, so that a reader would have to go back; undefined where the way goes one way. */
const circleIn = (calls: ReadonlyMap<string, ReadonlyArray<string>>): string | undefined => {
  const done = new Set<string>()
  const visit = (file: string, above: ReadonlyArray<string>): string | undefined => {
    if (above.includes(file)) return [...above, file].join(" → ")
    if (done.has(file)) return undefined
    const circle = (calls.get(file) ?? []).map((next) => visit(next, [...above, file])).find((found) => found)
    done.add(file)
    return circle
  }
  return [...calls.keys()].map((file) => visit(file, [])).find((found) => found)
}
