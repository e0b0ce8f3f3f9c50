import { expect, it } from 'vitest'
import { fixture } from '../../../test/support/wire.ts'
import { refusalOf } from './ask.ts'

const refusal = (name: string) => refusalOf(fixture('bybit', name).payload, '/v5/market/kline')

it('tells what to try again, and when', () => {
  expect(refusal('error-rateLimited')).toMatchObject({ retCode: 10006, retry: 'later', retryAfterMs: 1000 })
  expect(refusal('error-rateLimited-headers')).toMatchObject({ retCode: 10006, retry: 'later' })
  expect(refusal('error-serverTimeout')).toMatchObject({ retCode: 10016, retry: 'later' })
  expect(refusal('error-badSymbol')).toMatchObject({ retCode: 10001, retry: 'never' })
  expect(refusal('error-badSymbol-notSupported')?.message).toBe(
    'bybit refused "/v5/market/kline" (10001): Not supported symbols',
  )
  expect(refusalOf({ retCode: 10009, retMsg: 'region' }, '/')?.hint).toMatch('--venues')
})

it('finds none in an answer, nor in what is no answer at all', () => {
  expect(refusal('clock-rest')).toBeUndefined()
  expect(refusal('error-badSymbol-spot')).toBeUndefined()
  for (const odd of [null, undefined, 7, 'page', [], {}, { retCode: 'x' }]) expect(refusalOf(odd, '/')).toBeUndefined()
})
