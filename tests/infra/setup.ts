import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import type { Plan } from "../../stacks/diff/plan.ts"
import { synth } from "../../stacks/diff/synth.ts"
import { noOptions } from "../../stacks/options.ts"
import type { Recovery, RestoredTables } from "../../stacks/recovery.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the plans are put, all in one file, once they are made. */
    readonly plansFile: string
  }
}

const email = { ...noOptions, STAGE_ALARM_EMAIL: "ops@example.com" }

const copies: Recovery = {
  region: "eu-west-1",
  key: "arn:aws:kms:eu-west-1:123456789012:key/copies",
  users: "copied-users",
  sessions: "copied-sessions",
  events: "copied-events",
  settings: "copied-settings",
  media: "copied-media",
  greetings: "copied-greetings",
}

const tables: RestoredTables = {
  users: "restored-users",
  sessions: "restored-sessions",
  events: "restored-events",
  settings: "restored-settings",
}

export type Plans = Readonly<Record<"dev" | "prod" | "full" | "fullPersonal" | "recovered" | "restored", Plan>>

/** What the file of plans holds. */
export type Made = { readonly plans: Plans } | { readonly problem: string }

/** The stages that the tests look at; `full` has every optional part switched on. They share a folder: one after the other. */
const makePlans = async (): Promise<Plans> => {
  const dev = await synth("dev-ana", { options: noOptions })
  const prod = await synth("prod", { options: email })
  const full = await synth("staging", {
    options: {
      ...email,
      STAGE_DOMAIN: "bot.example.com",
      STAGE_REPLICA_REGION: "eu-west-1",
      STAGE_ACCOUNT: "shared",
      STAGE_ANOMALY_MONITOR: "new",
      STAGE_MAX_CONCURRENCY: "25",
      STAGE_ALARM_URL: "https://pager.example.com/integration/key",
      STAGE_OTLP_ENDPOINT: "https://otel.example.com",
      STAGE_BACKUP_DAYS: "90",
    },
  })
  const fullPersonal = await synth("dev-eva", {
    options: {
      ...noOptions,
      STAGE_BRAND: "marea",
      STAGE_DOMAIN: "eva.example.com",
      STAGE_REGION: "eu-south-2",
      STAGE_ARCHITECTURE: "x86_64",
      STAGE_CORS_ORIGINS: "https://example.com",
      STAGE_THROTTLE_RATE: "20",
      STAGE_THROTTLE_BURST: "40",
    },
  })
  const recovered = await synth("prod-west", {
    options: { ...email, STAGE_KIND: "permanent", STAGE_REGION: "eu-west-1", STAGE_RECOVERY: JSON.stringify(copies) },
  })
  const restored = await synth("prod", { options: { ...email, STAGE_TABLES: JSON.stringify(tables) } })
  return { dev, prod, full, fullPersonal, recovered, restored }
}

/** The plans take a minute or two and the other tests do not need them: they are made while those run. */
export default (project: TestProject) => {
  const folder = mkdtempSync(join(tmpdir(), "plans-"))
  const file = join(folder, "plans.json")
  project.provide("plansFile", file)
  const made = makePlans()
    .then((plans): Made => ({ plans }))
    .catch((error: unknown): Made => ({ problem: String(error) }))
    .then((answer) => {
      writeFileSync(`${file}.part`, JSON.stringify(answer))
      renameSync(`${file}.part`, file)
    })
  return async () => {
    await made
    rmSync(folder, { recursive: true })
  }
}
