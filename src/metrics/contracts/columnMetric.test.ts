import { expect, it } from 'vitest'
import { columnFrame } from '../../../test/support/columnFrame.ts'
import { columnMetric, UnknownColumnError } from './columnMetric.ts'

const OUTPUTS = [{ name: 'value', unit: 'coins' }] as const

it('needs its groups, and candles only where it says so', () => {
  const made = { id: 'made', title: 'Made', outputs: OUTPUTS, compute: () => ({}) }
  expect(columnMetric({ ...made, groups: ['funding'] }).needs({})).toEqual([{ kind: 'columns', group: 'funding' }])
  expect(columnMetric({ ...made, groups: () => ['wallets'], candles: true }).needs({})).toEqual([
    { kind: 'candles' },
    { kind: 'columns', group: 'wallets' },
  ])
})

it('gives a column of gaps where nothing of a group is held, and refuses a name without a group', () => {
  const read = (name: string) =>
    columnMetric({
      id: 'made',
      title: 'Made',
      outputs: OUTPUTS,
      groups: ['funding'],
      compute: (column) => ({ value: column(name) }),
    }).compute(columnFrame({ 'funding.annual': [1, 2] }), {})
  expect(read('funding.annual')['value']).toEqual(Float64Array.of(1, 2))
  expect(read('funding.nothing')['value']).toEqual(Float64Array.of(NaN, NaN))
  expect(() => read('annual')).toThrow(UnknownColumnError)
})
