import { BaseSequencer, type TestSpecification } from "vitest/node"

/** What takes longest, in this order: a core would be idle while the last of them is waited for. A stale list costs time only. */
const longest = [
  "simulator/simulateMore",
  "e2e/survival",
  "e2e/starting",
  "simulator/simulate",
  "e2e/pageFaults",
  "e2e/extending",
  "simulator/boundaries",
  "e2e/aws",
  "e2e/page",
  "e2e/operator",
  "infra/diff",
  "infra/deploy",
  "e2e/realBot",
  "e2e/secrecy",
  "e2e/preview",
  "faults/configuration",
  "e2e/campaigns",
  "e2e/pageParts",
  "faults/hostile",
  "faults/dynamo",
  "faults/deadLettersAws",
  "simulator/rush",
  "contract/dynamo",
  "contract/Sqs",
  "contract/differential",
  "unit/cli/stage",
  "unit/functions/bundle",
  "unit/pace/Pace",
  "unit/repository/advisories",
].map((name) => `/tests/${name}.test.ts`)

/** Those of a project share their workers where they come one after the other; the last are of short files. */
const projects = ["system", "infra", "contract", "code"]

const rankOf = ({ moduleId, project }: TestSpecification): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(path))
  return place >= 0 ? place : longest.length + projects.indexOf(project.name)
}

/** Vitest itself knows what took long only where it has run before, and takes large files for long ones. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}
