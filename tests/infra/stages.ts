import { readFileSync } from "node:fs"
import { assert } from "@effect/vitest"
import { inject } from "vitest"
import type { Plan, Planned } from "../../stacks/diff/plan.ts"
import type { Made, Plans } from "./setup.ts"

const plans = (): Plans => {
  const made: Made = JSON.parse(readFileSync(inject("plansFile"), "utf8"))
  if ("problem" in made) throw new Error(made.problem)
  return made.plans
}

export const { dev, prod, full, fullPersonal, recovered, restored } = plans()

/** The two that every test is about: a personal and a permanent one. */
export const both = [dev, prod]

/** `kind` is the last part of the type: "Table", "Queue". */
export const all = (plan: Plan, kind: string) =>
  plan.resources.filter(({ type }) => type.endsWith(`:${kind}`) && !type.startsWith("sst:"))

export const one = (plan: Plan, kind: string, name: string): Planned => {
  const [found, another] = all(plan, kind).filter((resource) => resource.name === name)
  assert.isDefined(found, `${plan.stage} has no ${kind} ${name}`)
  assert.isUndefined(another, `${plan.stage} has more than one ${kind} ${name}`)
  return found
}

export const inputs = (plan: Plan, kind: string, name: string) => one(plan, kind, name).inputs

/** A value inside the inputs, by its path. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value)

export const json = (text: unknown): unknown => JSON.parse(String(text))
