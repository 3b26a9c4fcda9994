import { availableParallelism } from "node:os"
import type { Run } from "./run.ts"
import type { Shot, Times } from "./shoot.ts"

const machine = {
  node: process.version,
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
}

export const jsonOf = (run: Run): string =>
  JSON.stringify({ machine, isGood: troublesOf(run).length === 0, ...run }, undefined, 2)

export const troublesOf = ({ lines }: Run): ReadonlyArray<string> =>
  lines.flatMap(({ trouble }) => (trouble === undefined ? [] : [trouble]))

/** For people: what each phase came to, and whether all of it is accounted for. */
export const textOf = (run: Run): string => {
  const { backlog, lines, peakMb, shots } = run
  return [
    `One machine (${machine.platform}, ${machine.cores} cores, Node ${machine.node}), 70 % /start with a referral, 30 % buttons`,
    "",
    ...tableOf(shots),
    "",
    "latency counts from when a request was due, the generator's lateness included",
    `backlog of ${whole(backlog.queued)} worked off in ${backlog.seconds.toFixed(1)} s; memory of the host ${whole(peakMb)} MB at its peak`,
    "",
    "reconciliation",
    ...lines.map(({ count, trouble, what }) => `  ${what.padEnd(66)}${whole(count).padStart(8)}${verdict(trouble)}`),
    "",
    troublesOf(run).length === 0 ? "All answered with 200, nothing lost." : `FAILED: ${troublesOf(run).join(". ")}.`,
  ].join("\n")
}

const verdict = (trouble: string | undefined): string => (trouble === undefined ? "" : "  WRONG")

const tableOf = (shots: ReadonlyArray<Shot>): ReadonlyArray<string> => {
  const row = (what: string, of: (shot: Shot) => string): string =>
    `${what.padEnd(28)}${shots.map((shot) => of(shot).padStart(14)).join("")}`
  const millis = (what: string, of: (shot: Shot) => number) => row(what, (shot) => `${of(shot).toFixed(2)} ms`)
  const answers = (status: string) => (shot: Shot) => whole(shot.answers[status] ?? 0)
  const statuses = new Set(["200", ...shots.flatMap((shot) => Object.keys(shot.answers).filter(isStatus))])
  return [
    row("", ({ phase }) => phase.name),
    row("requests", ({ phase }) => whole(phase.requests)),
    row("due a second", ({ phase }) => `${whole(phase.rate)} /s`),
    row("answered a second", ({ phase, seconds }) => `${(phase.requests / seconds).toFixed(1)} /s`),
    ...times.map((name) => millis(`latency ${name}`, ({ latency }) => latency[name])),
    ...(["p50", "p99"] as const).map((name) => millis(`sent late ${name}`, ({ lateness }) => lateness[name])),
    ...[...statuses].toSorted().map((status) => row(`answers of ${status}`, answers(status))),
    row("errors and time-outs", errorsOf),
  ]
}

const times = ["p50", "p95", "p99", "max"] as const satisfies ReadonlyArray<keyof Times>

const isStatus = (answer: string): boolean => /^\d{3}$/.test(answer)

const errorsOf = ({ answers }: Shot): string => {
  const errors = Object.entries(answers).filter(([answer]) => !isStatus(answer))
  return errors.map(([what, count]) => `${whole(count)} ${what}`).join(", ") || "0"
}

const whole = (value: number): string => Math.round(value).toLocaleString("en")
