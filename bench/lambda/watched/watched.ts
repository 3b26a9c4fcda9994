import { createSocket } from "node:dgram"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { FunctionName } from "@concierge/functions/build.ts"
import type { Plugin } from "esbuild"
import { type Bundle, bundleOurs, sizesOf } from "../bundle.ts"
import { measure, type Options } from "../measure.ts"

/** Of a document of X-Ray's. */
const mostBytes = 64 * 1_024

/** Takes for one module of ours another text, or one made of its own. Throws where that changes nothing. */
const instead = (module: string, change: (text: string) => string): Plugin => ({
  name: `instead of ${module}`,
  setup: ({ onLoad }) =>
    onLoad({ filter: new RegExp(`/packages/${module.replaceAll(".", "\\.")}$`) }, ({ path }) => {
      const text = readFileSync(path, "utf8")
      const contents = change(text)
      if (contents === text) throw new Error(`${module} is not what it was: the bench takes nothing out of it`)
      return { contents, loader: "ts", resolveDir: dirname(path) }
    }),
})

/** No line, no span, no number: what the programs cost by themselves. */
const nothing = [
  instead("aws/lambda/MetricsEmf.ts", (text) =>
    text
      .replace("if (numbers.size > 0) write(", "if (numbers.size < 0) write(")
      .replace("if (numbers.size === 0) return", "if (numbers.size >= 0) return"),
  ),
  instead("aws/lambda/logging.ts", (text) => text.replace("[Logger.map(lines, writeLine)]", "[]")),
  instead(
    "aws/lambda/spans.ts",
    () => `import * as Layer from "effect/Layer"
import * as References from "effect/References"
export const spansLayer = (level: string) => Layer.succeed(References.TracerEnabled, level === "never")`,
  ),
]

/** The worker has them; the webhook only here, to see what they would cost. */
const subsegments = [
  instead("functions/layers/webhook.ts", (text) =>
    text
      .replace("loggingLayer(logLevel))),", "loggingLayer(logLevel)), XrayTelemetry.layer(XrayTelemetry.ofLambda)),")
      .replace(/^/, 'import * as XrayTelemetry from "@concierge/aws/xray/Telemetry.ts"\n'),
  ),
]

/** The daemon that Lambda runs beside a function: takes datagrams, and looks at none but for its size. */
const daemon = async () => {
  const socket = createSocket("udp4")
  let [documents, largest] = [0, 0]
  socket.on("message", (message) => {
    documents += 1
    largest = Math.max(largest, message.length)
  })
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  return {
    address: `127.0.0.1:${socket.address().port}`,
    seen: () => ({ documents, largest }),
    close: () => socket.close(),
  }
}

/** What it costs to be watched: each way of it, in a cold start and in CPU, against none at all. */
export const watched = async (folder: string, collector: string, options: Options): Promise<void> => {
  const xray = await daemon()
  const lambda = (sampled: 0 | 1) => ({
    AWS_XRAY_DAEMON_ADDRESS: xray.address,
    _X_AMZN_TRACE_ID: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${sampled}`,
  })
  const ways: ReadonlyArray<readonly [name: string, plugins: ReadonlyArray<Plugin>, env: Bundle["env"]]> = [
    ["nothing", nothing, {}],
    ["the log, metrics and steps", [], {}],
    ["and X-Ray, a trace it leaves out", subsegments, lambda(0)],
    ["and X-Ray, a trace it keeps", subsegments, lambda(1)],
    ["and a collector (OTLP)", [], { OTEL_EXPORTER_OTLP_ENDPOINT: collector }],
  ]
  const bundles: Array<Bundle> = []
  for (const [name, plugins, env = {}] of ways) {
    const pathOf = await bundleOurs(join(folder, name.replaceAll(/\W+/g, "-")), [], plugins)
    for (const trigger of ["webhook", "worker"] as const satisfies ReadonlyArray<FunctionName>) {
      const path = pathOf(trigger)
      bundles.push({ variant: { name, trigger, without: [] }, path, env, ...sizesOf(dirname(path)) })
    }
  }
  const cold = await measure(bundles, { ...options, warm: 0 })
  const warm = await measure(bundles, { ...options, runs: Math.max(3, Math.ceil(options.runs / 3)) })
  const { documents, largest } = xray.seen()
  xray.close()
  if (documents === 0 || largest > mostBytes)
    throw new Error(`X-Ray's daemon got ${documents} documents, the largest of ${largest} bytes`)

  for (const trigger of ["webhook", "worker"] as const) {
    console.log(`\n| ${trigger} | KB | cold CPU ms | middle half | warm CPU µs | middle half |`)
    console.log("| --- | --- | --- | --- | --- | --- |")
    const of = bundles.flatMap((bundle, index) => (bundle.variant.trigger === trigger ? [{ bundle, index }] : []))
    const base = of[0]?.index ?? 0
    for (const { bundle, index } of of) {
      const [one, none, later, laterOfNone] = [cold[index], cold[base], warm[index], warm[base]]
      if (!one || !none || !later || !laterOfNone) throw new Error("nothing was measured")
      const more = one.coldCpu - none.coldCpu
      const columns = [
        bundle.variant.name,
        bundle.kB.toFixed(0),
        `${one.coldCpu.toFixed(1)} (${more >= 0 ? "+" : ""}${more.toFixed(1)})`,
        one.middle.coldCpu.map((value) => value.toFixed(0)).join("–"),
        `${later.cpu.toFixed(0)} (×${(later.cpu / laterOfNone.cpu).toFixed(2)})`,
        later.middle.cpu.map((value) => value.toFixed(0)).join("–"),
      ]
      console.log(`| ${columns.join(" | ")} |`)
    }
  }
  console.log(`\nX-Ray's daemon got ${documents} documents, the largest of ${largest} bytes (${mostBytes} at most)`)
}
