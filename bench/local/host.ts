import { brand } from "@concierge/brands/concierge/brand.ts"
import { Pace } from "@concierge/core/services/Pace.ts"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import { type HostOptions, hostLayer } from "../../packages/local/host/host.ts"
import { unpaced } from "../viral/model/unpaced.ts"
import { tell } from "./parent.ts"

/** The host as `npm start` runs it, told by its parent instead of the environment, with or without its worker or a pace. */
const {
  isPaced = true,
  secret,
  voice,
  works,
  ...place
}: Omit<HostOptions, "pace" | "works"> & {
  isPaced?: boolean
  data: string
  port: number
  secret: string
  works: boolean
} = JSON.parse(process.argv[2] ?? "")

const host = hostLayer(
  { ...place, brand, secret: Redacted.make(secret), secretPath: undefined, logLevel: "Warn", logFormat: "text" },
  { works, ...(voice !== undefined && { voice }), ...(!isPaced && { pace: Layer.effect(Pace, unpaced) }) },
)
const listening = Layer.effectDiscard(Effect.sync(() => tell("listening")))

/** What it answers when asked. */
export interface Usage {
  /** Milliseconds of processor time so far. */
  readonly cpu: number
  /** The most memory that it was in at any time, in MB. */
  readonly peakMb: number
}

process.on("message", () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage()
  tell({ cpu: (systemCPUTime + userCPUTime) / 1000, peakMb: maxRSS / 1024 } satisfies Usage)
})

NodeRuntime.runMain(
  Layer.launch(Layer.provide(listening, host)).pipe(
    Effect.provideService(References.MinimumLogLevel, "Warn"),
    Effect.provide(NodeServices.layer),
  ),
)
