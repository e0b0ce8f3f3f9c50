import { formatDay } from '../../core/instant.ts'
import type { Claim } from '../claim.ts'
import type { Note, Section } from '../note.ts'
import { sourcesOf, type SourceLine, type Sources } from '../sources.ts'
import { paragraphsOf } from './paragraphs.ts'
import { SIMULATED_NOTICE } from './simulatedNotice.ts'
import { sayInstant, sayPrice, saySigned, withCommas } from '../wording.ts'

/** A note as Markdown, with the SVG files that it shows, by name. */
export interface MarkdownNote {
  readonly text: string
  readonly files: ReadonlyMap<string, string>
}

/**
 * A note as Markdown with footnotes; each figure is an SVG file beside it.
 * @param note - the note as data
 * @param version - of the program that wrote it
 * @param stem - the beginning of the figures' file names
 */
export function renderMarkdown(note: Note, version: string, stem: string): MarkdownNote {
  const sources = sourcesOf(note)
  const files = new Map<string, string>()
  const sections = note.sections.map((section) => renderSection(section, sources, stem, files))
  const text = [
    note.simulated ? `> **${SIMULATED_NOTICE}**` : '',
    `# ${marked(note.headline, sources)}`,
    `*${note.asset}, as of ${sayInstant(note.asOf)}${note.simulated ? ', SIMULATED' : ''}*`,
    note.facts.map(({ label, short, claim }) => `${label} **${short}**[^${sources.numberOf(claim)}]`).join(' · '),
    verdict(note, sources),
    ...(note.scenarios.length === 0 ? [] : ['## What would decide it']),
    ...note.scenarios.map(({ title, claim }) => `**${title}.** ${marked(claim, sources)}`),
    ...sections,
    levels(note),
    '## Sources and method',
    sources.series.map((line) => `- **${line.letter}** ${line.text}`).join('\n'),
    sources.lines.map((line) => `[^${line.number}]: ${line.text}${sayAddresses(line)}`).join('\n'),
    `Written by Assayer ${version}. Research, not investment advice.`,
  ]
  return { text: `${text.filter((part) => part !== '').join('\n\n')}\n`, files }
}

const sayAddresses = ({ addresses }: SourceLine): string =>
  addresses.length === 0 ? '' : ` Read at ${addresses.map((address) => `<${address}>`).join(', ')}.`

const marked = (claim: Claim, sources: Sources): string => `${claim.text}[^${sources.numberOf(claim)}]`

function verdict(note: Note, sources: Sources): string {
  const { verdict } = note
  const list = (side: 'for' | 'against'): string =>
    verdict.evidence
      .filter((evidence) => evidence.side === side)
      .map(({ claim }) => `- ${marked(claim, sources)}`)
      .join('\n') || '- Nothing that this note can measure.'
  return [
    `## ${verdict.question}`,
    marked(verdict.summary, sources),
    `**For higher prices**\n\n${list('for')}`,
    `**Against**\n\n${list('against')}`,
    `**Missing**\n\n${verdict.missing.map((line) => `- ${line}`).join('\n')}`,
    ...[verdict.confirm, verdict.void].flatMap((trigger) =>
      trigger === undefined ? [] : [marked(trigger.claim, sources)],
    ),
  ].join('\n\n')
}

function renderSection(section: Section, sources: Sources, stem: string, files: Map<string, string>): string {
  const figures = section.figures.map((figure) => {
    const name = `${stem}-${figure.id}.svg`
    files.set(name, figure.wide)
    const captions = figure.captions.length === 0 ? '' : `\n\n${figure.captions.join('  \n')}`
    return `![${figure.alt.replaceAll(/[[\]\n]/g, ' ')}](${name})${captions}`
  })
  return [
    `## ${section.title}`,
    `**${section.finding.text}**[^${sources.numberOf(section.finding)}]`,
    ...figures,
    ...paragraphsOf(section).map((claims) => claims.map((claim) => marked(claim, sources)).join(' ')),
    ...section.missing.map((line) => `*${line}*`),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function levels(note: Note): string {
  if (note.levels.length === 0) return ''
  const rows = note.levels.map(
    (level) =>
      `| ${sayPrice(level.price)} | ${level.kind} | ${level.tests} | ${level.lastTest === undefined ? '' : formatDay(level.lastTest)} | ${saySigned(level.distancePct)} | ${withCommas(level.distanceAtr, 1)} | ${level.basis} |`,
  )
  return [
    '## Levels',
    ['| Price | Kind | Tests | Last test | Distance | ATR | From |', '|--:|---|--:|---|--:|--:|---|', ...rows].join(
      '\n',
    ),
  ].join('\n\n')
}
