import { type TrickName, trickNames } from "@concierge/functions/build.ts"
import { bundleAll } from "./bundle.ts"
import { measure, type Options } from "./measure.ts"
import type { Variant } from "./variants.ts"

/** What each trick of the build is worth: the functions with all of them but one, against those with all. */
export const ablation = async (folder: string, options: Options): Promise<void> => {
  // Without the code cache, whose gain is all the smaller the less there is to compile, except for its own.
  const base: ReadonlyArray<TrickName> = ["code cache"]
  const sets: ReadonlyArray<readonly [string, ReadonlyArray<TrickName>]> = [
    ["all but the code cache", base],
    ...trickNames
      .filter((name) => !base.includes(name))
      .map((name): [string, ReadonlyArray<TrickName>] => [`without ${name}`, [...base, name]]),
    ["with the code cache", []],
  ]
  const variants = sets.flatMap(([name, without]) =>
    (["webhook", "worker"] as const).map((trigger): Variant => ({ name, trigger, without })),
  )
  const bundles = await bundleAll(variants, folder)
  const figures = await measure(bundles, options)
  console.log("\n| | webhook ms | KB | worker ms | KB |\n| --- | --- | --- | --- | --- |")
  for (const [index, [name]] of sets.entries()) {
    const cells = [0, 1].map((offset) => {
      const [row, bundle] = [figures[index * 2 + offset], bundles[index * 2 + offset]]
      const less = (row?.cold ?? 0) - (figures[offset]?.cold ?? 0)
      return `${row?.cold.toFixed(1)} (${less >= 0 ? "+" : ""}${less.toFixed(1)}) | ${bundle?.kB.toFixed(0)}`
    })
    console.log(`| ${name} | ${cells.join(" | ")} |`)
  }
}
