import type { TestProject } from "vitest/node"
import type { Plan } from "../../stacks/diff/plan.ts"
import { synth } from "../../stacks/diff/synth.ts"
import { noOptions } from "../../stacks/options.ts"
import type { Recovery } from "../../stacks/recovery.ts"

declare module "vitest" {
  export interface ProvidedContext {
    readonly plans: Readonly<Record<"dev" | "prod" | "full" | "fullPersonal" | "recovered", Plan>>
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

/** The stages that the tests look at; `full` has every optional part switched on. */
export default async (project: TestProject) => {
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
  project.provide("plans", { dev, prod, full, fullPersonal, recovered })
}
