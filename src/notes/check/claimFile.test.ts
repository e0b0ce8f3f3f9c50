import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { BadClaimFileError, parseClaimFile } from './claimFile.ts'

const HEAD = 'note: { title: "A note", published: 2025-04-23T16:00:00Z }\nclaims:\n'

/** A claim file whose only claim stands on line 3. */
const withClaim = (body: string): string => `${HEAD}  - { id: a, says: s, section: x, ${body} }\n`

const VALUE = 'kind: value, metric: close, asset: ETH, at: 2025-04-22'

/** What is refused, as `line: message`. */
function refusal(text: string): string {
  try {
    parseClaimFile(text, 'claims.yaml')
  } catch (error) {
    expect(error).toBeInstanceOf(BadClaimFileError)
    const { message, code, hint } = error as BadClaimFileError
    expect([code, hint]).toEqual(['BAD_CLAIM', 'docs/claims.md describes every kind of claim and its fields'])
    expect(message).toMatch(/^claims\.yaml:\d+: /)
    return message.slice('claims.yaml:'.length)
  }
  return 'taken'
}

describe('parseClaimFile', () => {
  it('reads every kind', () => {
    const file = parseClaimFile(
      `${HEAD}${[
        'id: v, kind: value, metric: rsi, asset: ETH, at: 2025-04-22, interval: 4h, expect: { value: 50, within: 1, unit: index }',
        'id: c, kind: change, metric: close, asset: ETH, from: 2025-04-01, to: 2025-04-22, expect: { below: 0, unit: pct }',
        'id: e, kind: event, setup: ema_break, asset: ETH, interval: 1d, expect: { on: 2025-04-22, withinBars: 1, of: pivot }',
        'id: b, kind: event, setup: ema_break, asset: ETH, expect: { between: [2025-04-01, 2025-04-22] }',
        'id: n, kind: count, setup: "level_rejected(1650)", asset: ETH, from: 2025-04-11, to: 2025-04-22, expect: { value: 3, within: 0 }',
        'id: o, kind: compare, left: { metric: close, asset: ETH, at: 2025-04-22 }, op: "<", right: { metric: close, asset: BTC, at: 2025-04-22 }',
        'id: s, kind: arithmetic, expr: "1 + 1", expect: { value: 2, within: 0 }',
        'id: p, kind: policy, jurisdiction: US, subject: reserves, stage: signed, on: 2025-03-06',
      ]
        .map((claim) => `  - { says: s, section: x, ${claim} }`)
        .join('\n')}\n`,
      'claims.yaml',
    )
    expect(file.claims.map(({ kind }) => kind)).toEqual(
      'value change event event count compare arithmetic policy'.split(' '),
    )
    expect(file.note).toEqual({ title: 'A note', published: parseInstant('2025-04-23T16:00Z') })
    expect(file.claims[3]).toMatchObject({ expect: { between: ['2025-04-01', '2025-04-22'] } })
    expect(file.claims[7]).toMatchObject({ within: 1 })
  })

  it('takes a date of publication to its end', () => {
    const text = `${HEAD.replace('2025-04-23T16:00:00Z', '2025-04-23')}  []\n`
    expect(parseClaimFile(text, 'f').note.published).toBe(parseInstant('2025-04-24'))
  })

  it('gives events no slack unless they ask for it', () => {
    const text = withClaim('kind: event, setup: ema_break, asset: ETH, expect: { on: 2025-04-22 }')
    expect(parseClaimFile(text, 'f').claims[0]).toMatchObject({ expect: { on: '2025-04-22', withinBars: 0 } })
  })

  it.each([
    ['no expectation', VALUE, /^3: claim "a", expect: /],
    [
      'an expectation of nothing',
      `${VALUE}, expect: {}`,
      /^3: claim "a", expect: needs value and within, or below, or above/,
    ],
    ['a value without its slack', `${VALUE}, expect: { value: 3 }`, /^3: claim "a", expect: needs value and within/],
    ['an unknown field', `${VALUE}, expect: { above: 1 }, mood: bad`, /^3: claim "a".*mood/],
    [
      'a metric that is no text',
      `kind: value, metric: 3, asset: ETH, at: 2025-04-22, expect: { above: 1 }`,
      /^3: claim "a", metric: .*not "3"/,
    ],
    ['a missing metric', 'kind: value, asset: ETH, at: 2025-04-22, expect: { above: 1 }', /^3: claim "a", metric: /],
    [
      'a day that does not exist',
      `kind: value, metric: close, asset: ETH, at: 2025-02-30, expect: { above: 1 }`,
      /^3: claim "a", at: not a date or an instant, not "2025-02-30"/,
    ],
    [
      'an interval that is none',
      `${VALUE}, interval: 1w, expect: { above: 1 }`,
      /^3: claim "a", interval: not an interval such as 1d or 4h, not "1w"/,
    ],
    ['an unknown kind', 'kind: guess, expect: { above: 1 }', /^3: claim "a", kind: .*not "guess"/],
    ['no kind', 'expect: { above: 1 }', /^3: claim "a", kind: /],
    [
      'an event without its day',
      'kind: event, setup: sweep, asset: ETH, expect: { value: 1, within: 0 }',
      /^3: claim "a", expect: needs on, or between/,
    ],
    [
      'an unknown operator',
      'kind: compare, left: { metric: close, asset: ETH, at: 2025-04-22 }, op: "==", right: { metric: close, asset: BTC, at: 2025-04-22 }',
      /^3: claim "a", op: .*not "=="/,
    ],
    [
      'a side without a metric',
      'kind: compare, left: { asset: ETH, at: 2025-04-22 }, op: "<", right: { metric: close, asset: BTC, at: 2025-04-22 }',
      /^3: claim "a", left\.metric: /,
    ],
    [
      'a side without a time',
      'kind: compare, left: { metric: close, asset: ETH }, op: "<", right: { metric: close, asset: BTC, at: 2025-04-22 }',
      /^3: claim "a", left: needs at, or from and to/,
    ],
    [
      'a correlation at one time',
      'kind: compare, left: { metric: close, asset: ETH, at: 2025-04-22 }, op: correlates, right: { metric: close, asset: BTC, from: 2025-04-01, to: 2025-04-22 }',
      /^3: claim "a", left: correlates needs from and to/,
    ],
    [
      'a metric that is no id',
      `kind: value, metric: "rsi(", asset: ETH, at: 2025-04-22, expect: { above: 1 }`,
      /^3: claim "a", metric: "rsi\(" is not an id: unexpected end/,
    ],
    [
      'a parameter out of range',
      `kind: value, metric: "rsi(0)", asset: ETH, at: 2025-04-22, expect: { above: 1 }`,
      /^3: claim "a", metric: "rsi\(0\)" "n" must be a whole number/,
    ],
    [
      'a metric of several figures that names none',
      `kind: value, metric: macd, asset: ETH, at: 2025-04-22, expect: { above: 1 }`,
      /^3: claim "a", metric: "macd" has several outputs/,
    ],
    [
      'a figure that a metric does not have',
      `kind: value, metric: macd.slope, asset: ETH, at: 2025-04-22, expect: { above: 1 }`,
      /^3: claim "a", metric: "macd.slope" names no output of the metric/,
    ],
    [
      'a setup that is no id',
      'kind: count, setup: "sweep)", asset: ETH, from: 2025-04-01, to: 2025-04-22, expect: { value: 1, within: 0 }',
      /^3: claim "a", setup: "sweep\)" is not an id/,
    ],
    [
      'a parameter that a setup does not take',
      'kind: count, setup: "sweep(low)", asset: ETH, from: 2025-04-01, to: 2025-04-22, expect: { value: 1, within: 0 }',
      /^3: claim "a", setup: "sweep\(low\)" /,
    ],
    [
      'a sum that is none',
      'kind: arithmetic, expr: "1 +", expect: { value: 2, within: 0 }',
      /^3: claim "a", expr: "1 \+" is no sum: unexpected end/,
    ],
    [
      'a window that runs backwards',
      'kind: change, metric: close, asset: ETH, from: 2025-04-22, to: 2025-04-01, expect: { below: 0 }',
      /^3: claim "a", from: "2025-04-22" is after "2025-04-01"/,
    ],
    [
      'an event between two days turned round',
      'kind: event, setup: sweep, asset: ETH, expect: { between: [2025-04-22, 2025-04-01] }',
      /^3: claim "a", expect\.between\.from: "2025-04-22" is after "2025-04-01"/,
    ],
    ['a negative slack', `${VALUE}, expect: { value: 3, within: -1 }`, /^3: claim "a", expect.within: /],
    [
      'half a bar of slack',
      'kind: event, setup: sweep, asset: ETH, expect: { on: 2025-04-22, withinBars: 0.5 }',
      /^3: claim "a", expect: /,
    ],
  ])('refuses %s', (_, body, expected) => {
    expect(refusal(withClaim(body))).toMatch(expected)
  })

  it('gives the line of the field in a claim of several lines', () => {
    const claim = ['  - id: late', '    says: s', '    section: x', '    kind: value', '    metric: close']
    const rest = ['    asset: ETH', '    at: yesterday', '    expect: { above: 1 }', '']
    expect(refusal(HEAD + [...claim, ...rest].join('\n'))).toMatch(
      /^9: claim "late", at: not a date or an instant, not "yesterday"/,
    )
  })

  it('gives the line of the second of two claims with one id', () => {
    const claim = withClaim(`${VALUE}, expect: { above: 1 }`).split('\n')[2]
    expect(refusal(`${HEAD}${claim}\n${claim}\n`)).toBe('4: claim "a" twice')
  })

  it('names a claim without an id by its line', () => {
    expect(refusal(`${HEAD}  - { says: s, section: x, kind: arithmetic, expr: "1", expect: { above: 1 } }\n`)).toMatch(
      /^3: id: /,
    )
  })

  it('refuses a head without title, with a bad time, or with a field of its own', () => {
    expect(refusal('note: { published: 2025-04-23 }\nclaims: []\n')).toMatch(/^1: note\.title: /)
    expect(refusal('note:\n  title: t\n  published: soon\nclaims: []\n')).toMatch(
      /^3: note\.published: not a date or an instant, not "soon"/,
    )
    expect(refusal('note: { title: t, published: 2025-04-23, author: me }\nclaims: []\n')).toMatch(/^1: .*author/)
  })

  it('refuses what is no claim file', () => {
    expect(refusal('')).toMatch(/^1: /)
    expect(refusal('just text')).toMatch(/^1: /)
    expect(refusal('- 1\n- 2\n')).toMatch(/^1: /)
    expect(refusal('note: { title: t, published: 2025-04-23 }\n')).toMatch(/^1: claims: /)
    expect(refusal('note: { title: t, published: 2025-04-23 }\nclaims: 3\n')).toMatch(/^2: claims: /)
  })

  it('gives the line of broken YAML', () => {
    expect(refusal(`${HEAD}  - { id: a, says: "open\n`)).toMatch(/^[34]: /)
    expect(refusal('note: {}\nnote: {}\nclaims: []\n')).toMatch(/^2: /)
  })

  it('reads no code out of YAML', () => {
    expect(refusal(`${HEAD}  - !!js/function "function () {}"\n`)).toMatch(/^3: /)
  })
})
