import type { Claim } from '../claim.ts'
import type { Section } from '../note.ts'

/** The claims of a section, paragraph by paragraph; none for a section without claims. */
export function paragraphsOf({ claims, paragraphs = [] }: Section): readonly (readonly Claim[])[] {
  const found: Claim[][] = []
  for (const claim of claims) {
    if (found.length === 0 || paragraphs.includes(claim.id)) found.push([])
    found.at(-1)?.push(claim)
  }
  return found
}
