import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import type { Plan } from "../../stacks/diff/plan.ts"
import { root, type SynthOptions, synth } from "../../stacks/diff/synth.ts"
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

/** With what SST put beside the bundles, in base64: the next plan writes over it. */
export type SealedPlan = Plan & { readonly sealed: Readonly<Record<"webhook" | "worker", string>> }

export type Plans = Readonly<Record<"dev" | "prod" | "full" | "fullPersonal" | "recovered" | "restored", SealedPlan>>

/** What the file of plans holds. */
export type Made = { readonly plans: Plans } | { readonly problem: string }

/** As somebody set it who is half-way through replacing it. */
export const formerSecret = "the-one-before@2026-11-27T10:30:00.000Z"

const sealed = (name: string) => readFileSync(join(root, "dist", name, "resource.enc"), "base64")

const plan = async (stage: string, options: SynthOptions): Promise<SealedPlan> => ({
  ...(await synth(stage, options)),
  sealed: { webhook: sealed("webhook"), worker: sealed("worker") },
})

/**
 * The stages that the tests look at; `full` has every optional part switched on. They share a folder: one after the other.
 * A brand is built once: what the other plans would build is the same.
 */
const makePlans = async (): Promise<Plans> => {
  const fullPersonal = await plan("dev-eva", {
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
  const dev = await plan("dev-ana", { options: noOptions })
  const isBuilt = true
  const prod = await plan("prod", { options: email, isBuilt })
  const full = await plan("staging", {
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
    isBuilt,
  })
  const recovered = await plan("prod-west", {
    options: { ...email, STAGE_KIND: "permanent", STAGE_REGION: "eu-west-1", STAGE_RECOVERY: JSON.stringify(copies) },
    isBuilt,
  })
  const restored = await plan("prod", {
    options: { ...email, STAGE_TABLES: JSON.stringify(tables) },
    secrets: { FormerWebhookSecret: `${formerSecret}\n` },
    isBuilt,
  })
  return { dev, prod, full, fullPersonal, recovered, restored }
}

/** The plans take a minute and the other tests do not need them: they are made while those run. */
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
