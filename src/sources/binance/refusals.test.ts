import { expect, it } from 'vitest'
import { fixture, fixtureNames } from '../../../test/support/wire.ts'
import { RequestRefusedError, ServerFailedError } from '../../net/httpErrors.ts'
import { refusalOf } from './refusals.ts'

const MEANT: Readonly<Record<string, string>> = { 'error-too-old': 'too old', 'error-bad-symbol': 'no such symbol' }

it.each(fixtureNames('binance').filter((name) => name.startsWith('error-')))('reads the meaning of %s', (name) => {
  const body = JSON.stringify(fixture('binance', name).payload)
  expect(refusalOf(new RequestRefusedError('', 400, body))).toBe(MEANT[name])
})

it('reads no meaning into anything else', () => {
  const body = JSON.stringify(fixture('binance', 'error-too-old').payload)
  expect(refusalOf(new ServerFailedError('', 500, body))).toBeUndefined()
  expect(refusalOf(new Error(body))).toBeUndefined()
  for (const odd of ['', 'null', '<html>', '7', '{"code":-1130}', '{"code":"-1121"}']) {
    expect(refusalOf(new RequestRefusedError('', 400, odd))).toBeUndefined()
  }
})
