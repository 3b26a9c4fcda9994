import type { Flow } from "@concierge/core/onboarding/Flow.ts"
import { escapeHtml } from "@concierge/core/onboarding/Name.ts"
import { type Edge, layoutOf, type Place } from "./layout.ts"

const box = { width: 168, height: 58 }
const gap = { x: 28, y: 56 }
/** Beside the boxes, for ways that pass some by. */
const margin = 64

const icons = { video: "▶", voice: "🎧", message: "💬", question: "?", finish: "✓" } as const

/** The flow as an SVG that takes its colours from the page. */
export const diagram = (flow: Flow): string => {
  const { edges, places } = layoutOf(flow)
  const columns = Math.max(...places.map((place) => place.columns))
  const rows = Math.max(...places.map(({ row }) => row)) + 1
  const side = edges.some(passesBy) ? margin : 0
  const width = columns * (box.width + gap.x) + gap.x + 2 * side
  const height = rows * (box.height + gap.y) - gap.y + 4
  const centre = ({ column, columns, row }: Place) => ({
    x: width / 2 + (column - (columns - 1) / 2) * (box.width + gap.x),
    y: row * (box.height + gap.y) + 2,
  })
  return `<svg class="diagram" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="The flow: ${escapeHtml(
    places.map(({ step }) => step.id).join(", "),
  )}"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>${edges
    .map((edge) => arrow(edge, centre(edge.from), centre(edge.to), width - side))
    .join("")}${places.map((place) => node(place, centre(place))).join("")}</svg>`
}

interface Point {
  readonly x: number
  readonly y: number
}

const node = ({ step: { id, kind, state } }: Place, { x, y }: Point): string =>
  `<g class="node ${kind}"><title>${escapeHtml(`${kind} ${id}: whoever has had it is at ${state}`)}</title><rect x="${
    x - box.width / 2
  }" y="${y}" width="${box.width}" height="${box.height}" rx="14"/><text class="icon" x="${x - box.width / 2 + 22}" y="${
    y + 35
  }">${icons[kind]}</text><text class="id" x="${x - box.width / 2 + 44}" y="${y + 26}">${escapeHtml(id)}</text><text class="state" x="${
    x - box.width / 2 + 44
  }" y="${y + 43}">${escapeHtml(state.length > 18 ? `${state.slice(0, 17)}…` : state)}</text></g>`

const passesBy = ({ from, to }: Edge): boolean => to.row - from.row > 1

/** Straight down to the next row; to a later one past the boxes between, `beside` which there is room. */
const arrow = (edge: Edge, start: Point, end: Point, beside: number): string =>
  passesBy(edge) ? detour(edge, start, end, beside) : straight(edge, start, end)

const straight = ({ label }: Edge, start: Point, end: Point): string => {
  const [top, bottom] = [start.y + box.height, end.y - 2]
  const path = `M${start.x} ${top}C${start.x} ${top + gap.y / 2} ${end.x} ${bottom - gap.y / 2} ${end.x} ${bottom}`
  return edgeOf(path, label, { x: (start.x + 2 * end.x) / 3, y: top + gap.y / 2 + 3 })
}

const detour = ({ label }: Edge, start: Point, end: Point, beside: number): string => {
  const [right, x] = [box.width / 2, beside + margin / 2]
  const [from, to] = [start.y + box.height / 2, end.y + box.height / 2]
  const path = `M${start.x + right} ${from}C${x} ${from} ${x} ${to} ${end.x + right + 2} ${to}`
  return edgeOf(path, label, { x: beside, y: (from + to) / 2 + 4 })
}

const edgeOf = (path: string, label: string, { x, y }: Point): string =>
  `<path class="edge" d="${path}" marker-end="url(#tip)"/>${
    label === "" ? "" : `<text class="choice" x="${Math.round(x)}" y="${Math.round(y)}">${escapeHtml(label)}</text>`
  }`
