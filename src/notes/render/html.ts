import type { Input } from '../../core/frame.ts'
import { formatDay } from '../../core/instant.ts'
import type { Claim } from '../claim.ts'
import type { LevelRow, Note, NoteFigure, Section, Trigger } from '../note.ts'
import { sourcesOf, type SourceLine, type Sources } from '../sources.ts'
import { sayInstant, sayList, sayPrice, saySigned, sayVenue, sentence, withCommas } from '../wording.ts'
import { escapeHtml } from './htmlText.ts'
import { pageStyle } from './pageStyle.ts'
import { paragraphsOf } from './paragraphs.ts'
import { SIMULATED_NOTICE } from './simulatedNotice.ts'

/**
 * A note as one self-contained HTML page: no request leaves it; light and dark, for a desk, a phone and A4.
 * @param note - the note as data
 * @param version - of the program that wrote it, for the last line
 * @returns the whole document
 */
export function renderHtml(note: Note, version: string): string {
  const sources = sourcesOf(note)
  const title = `${note.asset}, ${sayInstant(note.asOf)}`
  const main = [
    note.simulated ? `<p class="simulated">${SIMULATED_NOTICE}</p>` : '',
    `<p class="kicker">${escapeHtml(`${note.asset} research note · as of ${sayInstant(note.asOf)}${note.simulated ? ' · SIMULATED' : ''}`)}</p>`,
    `<h1>${marked(note.headline, sources)}</h1>`,
    facts(note, sources),
    coverage(note),
    verdict(note, sources),
    scenarios(note, sources),
    ...note.sections.map((section) => renderSection(section, note, sources)),
    levelsTable(note),
    sourceList(sources),
    `<p class="foot">Written by Assayer ${escapeHtml(version)} from ${sources.series.length === 1 ? 'one series' : `${sources.series.length} series`}. Research, not investment advice.</p>`,
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Assayer ${escapeHtml(version)}">
<title>${escapeHtml(`${note.simulated ? 'SIMULATED · ' : ''}${title}`)}</title>
<style>${pageStyle()}</style>
</head>
<body>
<main>
${main.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`
}

function marked(claim: Claim, sources: Sources): string {
  const number = sources.numberOf(claim)
  return `${unbroken(escapeHtml(claim.text))}<sup><a id="c-${claim.id}" href="#s-${number}" aria-label="source ${number}">${number}</a></sup>`
}

/** Keeps a figure on one line with its unit, and a day with its month. */
const unbroken = (html: string): string =>
  html
    .replaceAll(' %', '\u00a0%')
    .replaceAll(
      /(\d) (?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)/g,
      '$1\u00a0',
    )

function facts(note: Note, sources: Sources): string {
  const items = note.facts.map(({ label, short, claim }) => {
    const number = sources.numberOf(claim)
    return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(short)}<sup><a id="c-${claim.id}" href="#s-${number}" aria-label="source ${number}">${number}</a></sup></dd></div>`
  })
  return `<dl class="facts wide">${items.join('')}</dl>`
}

/** What is read beside markets of the asset itself. */
const OUTSIDE: ReadonlySet<Input['kind']> = new Set(['quote', 'us_close', 'rate_path', 'rate_futures', 'rate_now'])

function coverage(note: Note): string {
  const [price] = note.facts
  const last = price === undefined ? '' : `Last closed candle ${sayInstant(price.claim.asOf)}. `
  const candles = note.inputs
    .filter(({ kind }) => kind === 'candles')
    .map((input) => `${sayVenue(input.venue)} ${input.market} ${input.instrument} ${input.interval}`)
  const contracts = new Set(
    note.inputs.filter(({ kind }) => kind !== 'candles' && !OUTSIDE.has(kind)).map(({ venue }) => sayVenue(venue)),
  )
  const outside = new Set(note.inputs.filter(({ kind }) => OUTSIDE.has(kind)).map(({ instrument }) => instrument))
  const read = [
    ...new Set(candles),
    ...(contracts.size === 0 ? [] : [`contract data of ${sayList([...contracts])}`]),
    ...(outside.size === 0 ? [] : [`series ${sayList([...outside])}`]),
  ]
  const lacking = [
    ...(outside.size === 0 ? ['macro', 'sentiment'] : []),
    'on-chain',
    ...(contracts.size === 0 ? ['contract'] : []),
  ]
  const text = `${last}Read: ${read.join(', ')}. ${sentence(sayList(lacking))} data are not available.`
  return `<p class="coverage wide">${escapeHtml(text)}</p>`
}

function verdict(note: Note, sources: Sources): string {
  const { verdict } = note
  const list = (side: 'for' | 'against'): string =>
    verdict.evidence
      .filter((evidence) => evidence.side === side)
      .map(({ claim }) => `<li>${marked(claim, sources)}</li>`)
      .join('') || '<li>Nothing that this note can measure.</li>'
  const missing = verdict.missing.map((line) => `<li>${escapeHtml(line)}</li>`).join('')
  const triggers = [
    triggerItem('Would confirm', verdict.confirm, sources),
    triggerItem('Would void', verdict.void, sources),
  ].join('')
  return `<section class="verdict wide" aria-label="Verdict">
<h3>${escapeHtml(verdict.question)} Horizon ${verdict.horizonDays} days</h3>
<p>${marked(verdict.summary, sources)}</p>
<div class="columns">
<div class="for"><h3>For higher prices</h3><ul>${list('for')}</ul></div>
<div class="against"><h3>Against</h3><ul>${list('against')}</ul></div>
<div class="missing-column"><h3>Missing</h3><ul>${missing}</ul></div>
</div>
${triggers === '' ? '' : `<dl class="triggers">${triggers}</dl>`}
</section>`
}

const triggerItem = (label: string, trigger: Trigger | undefined, sources: Sources): string =>
  trigger === undefined ? '' : `<div><dt>${label}</dt><dd>${marked(trigger.claim, sources)}</dd></div>`

function scenarios(note: Note, sources: Sources): string {
  if (note.scenarios.length === 0) return ''
  const items = note.scenarios.map(
    ({ title, claim }) => `<p><b>${escapeHtml(title)}.</b> ${marked(claim, sources)}</p>`,
  )
  return `<h2>What would decide it</h2>\n${items.join('\n')}`
}

function renderSection(section: Section, note: Note, sources: Sources): string {
  return [
    `<h2 id="${section.id}">${escapeHtml(section.title)}</h2>`,
    `<p class="finding">${marked(section.finding, sources)}</p>`,
    ...section.figures.map((figure) => renderFigure(figure, note)),
    ...paragraphsOf(section).map((claims) => `<p>${claims.map((claim) => marked(claim, sources)).join(' ')}</p>`),
    ...section.missing.map((line) => `<p class="grey">${escapeHtml(line)}</p>`),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function renderFigure(figure: NoteFigure, note: Note): string {
  const name = `${note.asset.toLowerCase()}-${figure.id}-${formatDay(note.asOf)}${note.simulated ? '-simulated' : ''}.csv`
  const captions = figure.captions.map((caption) => `<span>${escapeHtml(caption)}</span>`).join(' ')
  const data = `<a class="data" download="${name}" href="data:text/csv;charset=utf-8,${encodeURIComponent(figure.csv)}">Data (CSV)</a>`
  return `<figure class="wide"><div class="wide-only">${figure.wide}</div><div class="narrow">${figure.narrow}</div><figcaption>${captions} ${data}</figcaption></figure>`
}

function levelsTable(note: Note): string {
  if (note.levels.length === 0) return ''
  const [price] = note.facts
  const here = price === undefined ? NaN : price.claim.value
  const above = note.levels.filter((level) => level.price > here).map((level) => levelRow(level))
  const below = note.levels.filter((level) => level.price <= here).map((level) => levelRow(level))
  const last = `<tr class="here"><td>${sayPrice(here)}</td><td class="text">last price</td><td></td><td></td><td></td><td></td><td class="text"></td></tr>`
  return `<h2>Levels</h2>
<div class="scroll wide"><table>
<thead><tr><th>Price</th><th class="text">Kind</th><th>Tests</th><th>Last test</th><th>Distance</th><th>In ATR</th><th class="text">From</th></tr></thead>
<tbody>${above.join('')}${last}${below.join('')}</tbody>
</table></div>`
}

function levelRow(level: LevelRow): string {
  const tested = level.lastTest === undefined ? '–' : formatDay(level.lastTest)
  const atr = `${level.distanceAtr < 0 ? '−' : '+'}${withCommas(Math.abs(level.distanceAtr), 1)}`
  return `<tr><td>${sayPrice(level.price)}</td><td class="text">${level.kind}</td><td>${level.tests}</td><td>${tested}</td><td>${saySigned(level.distancePct)}</td><td>${atr}</td><td class="text">${escapeHtml(level.basis)}</td></tr>`
}

const siteOf = (address: string): string => /^https?:\/\/(?:www\.)?([^/]+)/.exec(address)?.[1] ?? address

/** Where a line can be read, by the names of the sites. */
function addressesOf({ addresses }: SourceLine): string {
  if (addresses.length === 0) return ''
  const links = addresses.map(
    (address) => `<a class="site" href="${escapeHtml(address)}">${escapeHtml(siteOf(address))}</a>`,
  )
  return ` Read at ${links.join(', ')}.`
}

function sourceList(sources: Sources): string {
  const series = sources.series.map((line) => `<p class="grey"><b>${line.letter}</b> ${escapeHtml(line.text)}.</p>`)
  const lines = sources.lines.map(
    (line) =>
      `<li id="s-${line.number}" value="${line.number}">${escapeHtml(line.text)}${addressesOf(line)} <a class="back" href="#c-${line.claimId}" aria-label="back to the text">↩</a></li>`,
  )
  return `<h2>Sources and method</h2>
${series.join('\n')}
<p class="grey">Each line gives the exact figures of one sentence, how they are computed and at which close (UTC). Where that is an id, <code>assayer series</code> or <code>assayer events</code> recomputes it; sums are written out; counts say what was counted.</p>
<ol class="sources">${lines.join('')}</ol>`
}
