import { join } from "node:path"
import type { FunctionName, TrickName } from "@concierge/functions/build.ts"

/** Something to be measured: a peer's handler, or ours as it is built, or built with something left out. */
export type Variant = { readonly name: string; readonly trigger: FunctionName } & (
  | { readonly peer: string }
  | { readonly without: ReadonlyArray<TrickName>; readonly noCache?: boolean }
)

export const ours = "Concierge"
export const oursNoCache = "Concierge, no code cache"
export const plain = "plain TypeScript"

const peer = (name: string, file: string): Variant => ({ name, trigger: "webhook", peer: file })

export const variants: ReadonlyArray<Variant> = [
  peer(plain, "plain"),
  { name: ours, trigger: "webhook", without: [] },
  { name: oursNoCache, trigger: "webhook", without: ["code cache"] },
  peer("grammY", "grammy"),
  peer("Telegraf", "telegraf"),
  peer("Powertools", "powertools"),
  peer("Effect 3", "effect3"),
  peer("floor: signed by hand", "floor"),
  { name: plain, trigger: "worker", peer: "plainWorker" },
  { name: ours, trigger: "worker", without: [] },
  { name: oursNoCache, trigger: "worker", without: ["code cache"] },
]

export const keyOf = ({ name, trigger }: Variant): string => `${trigger}: ${name}`

export const peersFolder = join(import.meta.dirname, "peers")
