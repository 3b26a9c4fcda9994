import { BaseSequencer, type TestSpecification } from "vitest/node"

/** A worker serves one project: those of each come together, and last those of which none takes long. */
const projects = ["simulator", "browser", "system", "infra", "contract", "code"]

/** What takes longest in each, in this order: a core would be idle while the last of them is waited for. A stale list costs time only. */
const longest = [
  "simulator/simulateMore",
  "simulator/simulate",
  "simulator/boundaries",
  "e2e/pageFaults",
  "e2e/page",
  "e2e/realBot",
  "e2e/preview",
  "e2e/campaigns",
  "e2e/survival",
  "e2e/starting",
  "e2e/extending",
  "e2e/aws",
  "e2e/operator",
  "e2e/secrecy",
  "faults/configuration",
  "faults/hostile",
  "faults/hostileAws",
  "faults/dynamo",
  "faults/deadLettersAws",
  "infra/diff",
  "infra/deploy",
  "contract/dynamo",
  "contract/Sqs",
  "contract/differential",
  "unit/cli/stage",
  "unit/functions/bundle",
  "unit/pace/Pace",
  "unit/repository/advisories",
].map((name) => `/tests/${name}.test.ts`)

const rankOf = ({ moduleId, project }: TestSpecification): number => {
  const place = longest.findIndex((path) => moduleId.endsWith(path))
  return 100 * projects.indexOf(project.name) + (place < 0 ? longest.length : place)
}

/** Vitest itself knows what took long only where it has run before, and takes large files for long ones. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}
