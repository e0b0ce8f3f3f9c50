import { beforeAll, describe, expect, it } from 'vitest'
import { framesOf, SHAPES } from '../../../test/support/shapes.ts'
import type { Note } from '../note.ts'
import { readingOf } from '../reading.ts'
import { claimsOf, sourcesOf } from '../sources.ts'
import { writeNote } from '../writeNote.ts'
import { renderHtml } from './html.ts'
import { noteJson } from './json.ts'
import { renderMarkdown } from './markdown.ts'

function noteOf(name: string): Note {
  const shape = SHAPES.find((each) => each.name === name)!
  const { daily, fourHour } = framesOf(shape, 'a')
  return writeNote(readingOf(daily, fourHour)!)
}

const notes = new Map<string, Note>()
beforeAll(() => {
  for (const name of SHAPES.map((shape) => shape.name)) notes.set(name, noteOf(name))
})

const REAL = 'a wild market'
const real = (): Note => notes.get(REAL)!
const simulated = (): Note => notes.get('a simulated market')!

const all = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), (match) => match[1]!)
const count = (text: string, word: string | RegExp): number => text.split(word).length - 1

const ATTRIBUTES = /<[a-z][^>]*>/g

describe('the HTML of a note', () => {
  it('loads nothing from anywhere and runs nothing', () => {
    for (const note of notes.values()) {
      const html = renderHtml(note, '1.2.3')
      expect(html).not.toMatch(/<script|<iframe|<link|<img|<object|<embed|@import|javascript:|\son\w+=/i)
      const loads = all(html, /(?:src|href|xlink:href|action|poster)="([^"]*)"/g)
      expect(loads.filter((address) => !/^#|^data:text\/csv/.test(address))).toEqual([])
      expect(all(html, /url\(([^)]*)\)/g).filter((address) => !address.startsWith('#'))).toEqual([])
    }
  })

  it('has every id once', () => {
    for (const note of notes.values()) {
      const ids = all(renderHtml(note, '1.2.3'), /\sid="([^"]*)"/g)
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
    }
  })

  it('leads from each superscript to a source and back to the text', () => {
    for (const note of notes.values()) {
      const html = renderHtml(note, '1.2.3')
      const ids = new Set(all(html, /\sid="([^"]*)"/g))
      const links = all(html, /\shref="#([^"]*)"/g)
      expect(links.filter((target) => !ids.has(target))).toEqual([])
      const sources = all(html, /<li id="(s-\d+)"/g)
      expect(new Set(links.filter((target) => target.startsWith('s-')))).toEqual(new Set(sources))
      expect(links.filter((target) => target.startsWith('c-'))).toHaveLength(sources.length)
    }
  })

  it('marks every claim of the note that it shows with the number of its source', () => {
    const html = renderHtml(real(), '1.2.3')
    const { numberOf, lines } = sourcesOf(real())
    for (const claim of claimsOf(real())) {
      expect(html).toContain(`<a id="c-${claim.id}" href="#s-${numberOf(claim)}"`)
      expect(lines[numberOf(claim) - 1]?.text).toContain(claim.method)
    }
  })

  it('says once that it is no advice', () => {
    for (const note of notes.values()) {
      expect(count(renderHtml(note, '1.2.3'), /not investment advice/i)).toBe(1)
    }
  })

  it('closes every element that it opens', () => {
    for (const note of notes.values()) {
      const html = renderHtml(note, '1.2.3').replace(/<style>.*?<\/style>/gs, '<style></style>')
      const open: string[] = []
      for (const [, close, name, self] of html.matchAll(/<(\/?)([a-z]\w*)[^>]*?(\/?)>/g)) {
        if (/^(meta|br|hr)$/.test(name!) || self === '/') continue
        if (close === '') open.push(name!)
        else expect(open.pop()).toBe(name)
      }
      expect(open).toEqual([])
    }
  })

  it('writes text as text', () => {
    const note: Note = {
      ...real(),
      headline: { ...real().headline, text: 'A <script>alert("x")</script> & more.' },
    }
    const html = renderHtml(note, '1.2.3')
    expect(html).toContain('A &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more.')
    expect(html).not.toContain('<script')
  })

  it('stays under 1.5 MB', () => {
    for (const note of notes.values()) expect(renderHtml(note, '1.2.3').length).toBeLessThan(1_500_000)
  })

  it('offers what each figure draws as CSV, wide and narrow drawn from one note', () => {
    const html = renderHtml(real(), '1.2.3')
    const data = all(html, /href="data:text\/csv;charset=utf-8,([^"]*)"/g).map(decodeURIComponent)
    expect(data).toEqual(real().sections.flatMap(({ figures }) => figures.map(({ csv }) => csv)))
    expect(count(html, '<svg')).toBe(2 * data.length)
    expect(all(html, /download="([^"]*)"/g)).toEqual([
      'eth-price-2025-04-23.csv',
      'eth-momentum-2025-04-23.csv',
      'eth-strength-2025-04-23.csv',
    ])
  })

  it('shows a gap as a dash and never a NaN', () => {
    for (const note of notes.values()) {
      const html = renderHtml(note, '1.2.3')
      expect(html.replace(ATTRIBUTES, ' ')).not.toMatch(/NaN|undefined|Infinity/)
      expect(html).not.toMatch(/="[^"]*(NaN|undefined|Infinity)[^"]*"/)
    }
  })
})

describe('a simulated market', () => {
  it('is called SIMULATED before the headline, beside the date, in every figure and in the title', () => {
    const html = renderHtml(simulated(), '1.2.3')
    const [top = '', ...rest] = html.split('<h1>')
    expect(top).toContain('<p class="simulated">SIMULATED market: these prices were made by a model')
    expect(top).toMatch(/class="kicker">[^<]*SIMULATED/)
    expect(top).toMatch(/<title>SIMULATED/)
    const figures = all(rest.join(''), /(<svg.*?<\/svg>)/gs)
    expect(figures.length).toBeGreaterThan(5)
    for (const figure of figures) expect(figure).toContain('>SIMULATED</text>')
    expect(all(html, /download="([^"]*)"/g).every((name) => name.endsWith('-simulated.csv'))).toBe(true)
  })

  it('is called SIMULATED in JSON and Markdown, and in its CSV', () => {
    const json = JSON.parse(JSON.stringify(noteJson(simulated())))
    expect(json.simulated).toBe(true)
    expect(json.inputs.every((input: { simulated: boolean }) => input.simulated)).toBe(true)
    const { text, files } = renderMarkdown(simulated(), '1.2.3', 'eth')
    expect(text).toMatch(/^> \*\*SIMULATED market/)
    for (const svg of files.values()) expect(svg).toContain('>SIMULATED</text>')
    for (const figure of simulated().sections.flatMap(({ figures }) => figures)) {
      expect(figure.csv.split('\n')[0]).toMatch(/simulated/i)
    }
  })

  it('is spoken of nowhere where the market is real', () => {
    for (const [name, note] of notes) {
      if (name === 'a simulated market') continue
      const { text, files } = renderMarkdown(note, '1.2.3', 'eth')
      const html = renderHtml(note, '1.2.3').replace(/<style>.*?<\/style>/gs, '')
      const json = JSON.stringify(noteJson(note)).replaceAll('"simulated":false', '')
      for (const shown of [html, text, json, ...files.values()]) expect(shown).not.toMatch(/simulated/i)
    }
  })
})

describe('the JSON of a note', () => {
  it('has the shape that users rely on, every number finite or null', () => {
    for (const note of notes.values()) {
      const text = JSON.stringify(noteJson(note))
      expect(text).not.toMatch(/NaN|Infinity|undefined/)
      const json = JSON.parse(text)
      expect(Object.keys(json)).toEqual(
        expect.arrayContaining(['asset', 'asOf', 'simulated', 'sections', 'verdict', 'missing']),
      )
      expect(json.asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      for (const section of json.sections) {
        for (const claim of [section.finding, ...section.claims]) {
          expect(Object.keys(claim)).toEqual(
            expect.arrayContaining(['id', 'text', 'value', 'unit', 'method', 'inputs', 'conventions', 'missing']),
          )
          expect(typeof claim.value).toBe('number')
          expect(claim.inputs[0].from).toMatch(/Z$/)
        }
      }
    }
  })

  it('carries every claim of the note', () => {
    const text = JSON.stringify(noteJson(real()))
    for (const claim of claimsOf(real())) expect(text).toContain(`"id":"${claim.id}"`)
  })
})

describe('the Markdown of a note', () => {
  it('defines every footnote that it uses, once, and uses every one that it defines', () => {
    for (const note of notes.values()) {
      const { text } = renderMarkdown(note, '1.2.3', 'eth')
      const defined = all(text, /^\[\^(\d+)\]: /gm)
      const used = new Set(all(text, /\[\^(\d+)\](?!:)/g))
      expect(new Set(defined)).toEqual(used)
      expect(defined).toHaveLength(used.size)
    }
  })

  it('names the files of its figures, which are whole SVGs', () => {
    const { text, files } = renderMarkdown(real(), '1.2.3', 'eth-2025')
    expect(all(text, /!\[[^\]]*\]\(([^)]*)\)/g)).toEqual([...files.keys()])
    expect([...files.keys()]).toEqual(['eth-2025-price.svg', 'eth-2025-momentum.svg', 'eth-2025-strength.svg'])
    for (const svg of files.values()) {
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
      expect(svg.trimEnd()).toMatch(/<\/svg>$/)
    }
  })

  it('says once that it is no advice, and holds every sentence', () => {
    for (const note of notes.values()) {
      const { text } = renderMarkdown(note, '1.2.3', 'eth')
      expect(count(text, /not investment advice/i)).toBe(1)
      expect(text).not.toMatch(/NaN|undefined|Infinity/)
      const facts = new Set(note.facts.map(({ claim }) => claim))
      for (const claim of claimsOf(note)) if (!facts.has(claim)) expect(text).toContain(claim.text)
    }
  })

  it('leaves no list empty', () => {
    for (const note of notes.values()) {
      expect(renderMarkdown(note, '1.2.3', 'eth').text).not.toMatch(/\*\*\n\n\n|\*\*\n\n\*\*/)
    }
  })

  it('writes signs as the page does', () => {
    for (const note of notes.values()) {
      expect(renderMarkdown(note, '1.2.3', 'eth').text).not.toMatch(/\| −0\.0 %|\| −0\.0 \|/)
    }
  })
})
