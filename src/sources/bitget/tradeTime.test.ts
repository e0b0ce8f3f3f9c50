import { assert, bigInt, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startOfSecond, tradeTime } from './tradeTime.ts'

describe('tradeTime', () => {
  it.each([
    ['1116461060594286593', 1701910980366, 'spot, from a socket of the second generation'],
    ['1319896716324937729', 1750413820344, 'a perpetual, by REST of the third'],
    ['1344534089797185549', 1756287827920, 'from a socket of the third'],
    ['1260903622036942849', 1736348770627, 'the example of the documents'],
  ])('gives of %s the very millisecond in which it was captured (%s)', (tradeId, ts) => {
    expect(tradeTime(tradeId, ts)).toBe(ts)
    expect(tradeTime(tradeId, startOfSecond(ts))).toBe(ts)
  })

  it.each([
    ['1075199767891652609', 1692073521000, 1692073521588],
    ['1075200479040323585', 1692073691000, 1692073691139],
    ['1294151170834636801', 1744275603000, 1744275603970],
  ])('gives %s, whose time was cut, its milliseconds back', (tradeId, ts, at) => {
    expect(tradeTime(tradeId, ts)).toBe(at)
  })

  it('keeps the second where an id holds another time', () => {
    expect(tradeTime('1', 1695865151837)).toBe(1695865151000)
  })

  it('is the same from a full time and from a cut one, whatever the id', () => {
    assert(
      property(
        bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        integer({ min: 1_500_000_000_000, max: 2_000_000_000_000 }),
        (id, ts) => tradeTime(String(id), ts) === tradeTime(String(id), startOfSecond(ts)),
      ),
    )
  })
})
