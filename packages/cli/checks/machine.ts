import { accessSync, constants, existsSync, statfsSync } from "node:fs"
import { createServer } from "node:net"
import { dirname } from "node:path"
import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import { environment } from "@concierge/local/host/environment.ts"
import { defaultReserve } from "@concierge/local/store/Tables.ts"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import { BadInput } from "../BadInput.ts"
import { bot } from "./bot.ts"
import { type Check, note, ok, wrong } from "./Check.ts"
import { networkAndClock } from "./networkAndClock.ts"

/** Without megabytes to spare the host refuses new updates; a month of a small bot is some tens of them. */
const goodRoom = 8 * defaultReserve

const node: Check = {
  name: "Node",
  look: Effect.sync(() => {
    const [major = 0] = process.versions.node.split(".").map(Number)
    return major >= 24
      ? ok(process.version)
      : wrong(`${process.version} is too old`, "npm ci, which brings Node 24 along")
  }),
}

/** Free, or already this program's. */
const port = (number: number): Check => ({
  name: "port",
  look: Effect.gen(function* () {
    if (number === 0) return ok("any that is free")
    const isFree = yield* Effect.callback<boolean>((resume) => {
      const server = createServer()
        .once("error", () => resume(Effect.succeed(false)))
        .listen(number, "127.0.0.1", () => server.close(() => resume(Effect.succeed(true))))
    })
    if (isFree) return ok(`${number} is free`)
    const answer = yield* Effect.result(
      Effect.tryPromise(async (signal) => {
        const response = await fetch(`http://127.0.0.1:${number}/healthz`, { signal })
        return { status: response.status, body: await response.text() }
      }).pipe(Effect.timeout("2 seconds")),
    )
    if (answer._tag === "Success" && answer.success.body.includes('"ok":true'))
      return ok(`${number}: a Concierge runs there`)
    return answer._tag === "Success" && answer.success.body.includes("disk is nearly full")
      ? wrong(
          `${number}: a Concierge runs there and takes nothing: the disk is nearly full`,
          "see the line of the disk",
        )
      : wrong(`${number} is another program's`, "PORT=0 npm start takes any that is free")
  }),
})

const data = (directory: string): Check => ({
  name: "data",
  look: Effect.sync(() => {
    const nearest = nearestThere(directory)
    try {
      accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch {
      return wrong(
        `${nearest} is not yours to write`,
        `sudo chown -R $USER ${nearest}, or CONCIERGE_DATA=<another directory>`,
      )
    }
    return nearest === directory ? ok(directory) : ok(`${directory} will be made by npm start`)
  }),
})

const disk = (directory: string): Check => ({
  name: "disk",
  look: Effect.sync(() => {
    const { bavail, bsize } = statfsSync(nearestThere(directory))
    const free = `${Math.floor((bavail * bsize) / 1024 / 1024)} MB free`
    return bavail * bsize > goodRoom
      ? ok(free)
      : wrong(
          `${free}: under ${defaultReserve / 1024 / 1024} MB new updates are refused`,
          "CONCIERGE_DATA=<a directory on a bigger disk>",
        )
  }),
})

const nearestThere = (path: string): string => (existsSync(path) ? path : nearestThere(dirname(path)))

/** As the browser tests find it. */
const chromiumPath = Config.String("CHROMIUM").pipe(Config.withDefault("/usr/bin/chromium"), Effect.orDie)

const chromium: Check = {
  name: "Chromium",
  look: Effect.map(chromiumPath, (path) =>
    existsSync(path)
      ? ok(path)
      : note(
          `none at ${path}; only the page's tests and the films need it`,
          "sudo apt-get install chromium, or CHROMIUM=<path>",
        ),
  ),
}

/** The stand-in Telegram needs no network. */
const networkForLater: Check = {
  ...networkAndClock,
  look: Effect.map(networkAndClock.look, (verdict) =>
    verdict.is === "wrong" ? note(`${verdict.says}; only a real bot needs it`, verdict.mend) : verdict,
  ),
}

/** What `npm start` needs of this machine. */
export const machine = (brand: BrandValue): Effect.Effect<ReadonlyArray<Check>, BadInput> =>
  Effect.gen(function* () {
    const { data: directory, port: number, token } = yield* environment
    const noToken: Check = { name: "token", look: Effect.succeed(ok("none: the stand-in Telegram is served")) }
    const telegram =
      token === undefined
        ? [noToken, networkForLater]
        : [bot(token, brand, "export TELEGRAM_BOT_TOKEN=<token>"), networkAndClock]
    return [node, port(number), data(directory), disk(directory), ...telegram, chromium]
  }).pipe(Effect.mapError(({ advice }) => new BadInput({ advice })))
