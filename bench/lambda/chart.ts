import type { Report, Row } from "./report.ts"
import { ours, plain } from "./variants.ts"

const [width, left, right, line] = [720, 200, 110, 26]

/** Bars of INIT and first invocation, in colours that can be read on light and on dark. */
export const chartOf = ({ machine, node, rows, runs }: Report): string => {
  const groups = (["webhook", "worker"] as const).map((trigger) => rows.filter((row) => row.trigger === trigger))
  const scale = (width - left - right) / Math.max(...rows.map(({ cold }) => cold))
  const parts: Array<string> = []
  let y = 52
  for (const group of groups) {
    const base = group.find(({ name }) => name === plain)?.cold ?? 1
    parts.push(`<text x="12" y="${y + 14}" font-weight="600">${group[0]?.trigger ?? ""}</text>`)
    y += line
    for (const row of group.toSorted((one, other) => one.cold - other.cold)) {
      parts.push(barOf(row, y, scale, row.cold / base))
      y += line
    }
    y += 10
  }
  const note = `ms beyond Node's own boot; × the plain handler. Node ${node}, medians of ${runs}, ${escape(machine)}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 22}" font-family="system-ui, sans-serif" font-size="13" fill="#808080" role="img" aria-label="Cold start of each handler in milliseconds">
<style>.init { fill: #4a7fc1 } .first { fill: #d08a3c }</style>
<text x="12" y="22" font-size="15" font-weight="600">Cold start on Lambda's Node: INIT and first invocation</text>
<rect class="init" x="12" y="33" width="10" height="10"/><text x="26" y="42" font-size="11">INIT</text><rect class="first" x="66" y="33" width="10" height="10"/><text x="80" y="42" font-size="11">first invocation</text>
${parts.join("\n")}
<text x="12" y="${y + 8}" font-size="10">${note}</text>
</svg>
`
}

const barOf = ({ cold, first, init, name }: Row, y: number, scale: number, ratio: number): string => {
  const [one, two] = [init * scale, first * scale]
  const weight = name.startsWith(ours) ? ' font-weight="600"' : ""
  return [
    `<text x="${left - 8}" y="${y + 13}" text-anchor="end"${weight}>${escape(name)}</text>`,
    `<rect class="init" x="${left}" y="${y}" width="${one.toFixed(1)}" height="17"/>`,
    `<rect class="first" x="${(left + one).toFixed(1)}" y="${y}" width="${two.toFixed(1)}" height="17"/>`,
    `<text x="${(left + one + two + 6).toFixed(1)}" y="${y + 13}"${weight}>${cold.toFixed(0)} ms · ${ratio.toFixed(2)}</text>`,
  ].join("")
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
