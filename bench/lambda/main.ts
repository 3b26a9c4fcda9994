import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { flagsOf } from "../flags.ts"
import { ablation } from "./ablation.ts"
import { against } from "./against.ts"
import { bundleAll } from "./bundle.ts"
import { chartOf } from "./chart.ts"
import { check } from "./check.ts"
import { decodeTimes } from "./decodeTimes.ts"
import { environmentOf } from "./environment.ts"
import { withoutSdk } from "./framework.ts"
import { measure } from "./measure.ts"
import { type Report, ratiosOf } from "./report.ts"
import { startStub } from "./stub.ts"
import { printTables } from "./table.ts"
import { selfSigned } from "./tls.ts"
import { keyOf, variants } from "./variants.ts"
import { watched } from "./watched/watched.ts"

const { values } = flagsOf(
  {
    options: {
      runs: { type: "string", default: "15" },
      warm: { type: "string", default: "200" },
      json: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      ablate: { type: "boolean", default: false },
      watched: { type: "boolean", default: false },
      against: { type: "string" },
    },
  },
  { runs: "a whole number above 0", warm: "a whole number above 0" },
)
const [runs, warm] = [Number(values.runs), Number(values.warm)]

const folder = mkdtempSync(join(tmpdir(), "concierge-bench-"))
const tls = selfSigned(folder)
const stub = await startStub(tls)
try {
  const env = environmentOf(folder, stub.origin, tls.certFile)
  const script = async (name: string): Promise<string> => {
    const outfile = join(folder, `${name}.mjs`)
    const entry = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
    await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm", target: "node24" })
    return outfile
  }
  const child = await script("child")
  if (values.ablate) await ablation(folder, { child, env, runs, warm: 0 })
  else if (values.watched) await watched(folder, stub.origin, { child, env, runs, warm })
  else if (values.against !== undefined)
    await against(folder, resolve(values.against), tls, { child, env, runs, warm: 0 })
  else await bench(child, await script("decode"), env)
} finally {
  stub.close()
  rmSync(folder, { recursive: true, force: true })
}

async function bench(child: string, decoder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const bundles = await bundleAll(variants, folder)
  const cold = await measure(bundles, { child, env, runs, warm: 0 })
  const warmed = await measure(bundles, { child, env, runs, warm })
  const alone = await measure(await withoutSdk(folder), { child, env, runs, warm: warm * 50 })
  const [plainAlone, oursAlone] = alone.map(({ cpu }) => cpu)
  const rows = bundles.map(({ cacheKB, kB, variant }, index) => {
    const [figures, later] = [cold[index], warmed[index]]
    if (figures === undefined || later === undefined) throw new Error("nothing was measured")
    const { cpu, memory } = later
    return { key: keyOf(variant), name: variant.name, trigger: variant.trigger, kB, cacheKB, ...figures, cpu, memory }
  })
  const report: Report = {
    node: process.version,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, ${process.platform} ${process.arch}`,
    runs,
    rows,
    frameworkCpu: (oursAlone ?? 0) - (plainAlone ?? 0),
    decode: await decodeTimes(decoder, env, runs),
  }
  const ratios = ratiosOf(report)
  if (values.json) console.log(JSON.stringify({ ...report, ratios }, undefined, 2))
  else printTables(report, ratios)
  if (!values.check) writeFileSync(new URL("../../docs/images/cold-start.svg", import.meta.url), chartOf(report))
  if (values.check) {
    const problems = check(ratios, JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8")))
    for (const problem of problems) console.error(problem)
    process.exitCode = problems.length === 0 ? 0 : 1
  }
}
