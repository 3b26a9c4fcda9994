import { words } from "../words/words.js"

/** @import { Tab } from "./tabs.js" */

/** What can be opened beside the trace, in this order. @type {ReadonlyArray<Tab>} */
export const tabs = [
  { id: "funnel", title: words.tabs.funnel, load: () => import("../funnel/funnel.js") },
  { id: "links", title: words.tabs.links, load: () => import("../links/links.js") },
  { id: "faults", title: words.tabs.faults, load: () => import("../faults/faults.js") },
  { id: "operations", title: words.tabs.operations, load: () => import("../operations/operations.js") },
]
