import { describe, expect, it } from 'vitest'
import { checkAddress, isLoopback } from './checkAddress.ts'

const HOSTS = ['api.binance.com', 'stream.binance.com']

describe('checkAddress', () => {
  it.each([
    'https://api.binance.com/api/v3/time',
    'https://API.BINANCE.COM/api/v3/time',
    'wss://stream.binance.com:9443/ws',
    'http://127.0.0.1:8080/api',
    'ws://localhost:1/ws',
    'http://[::1]:9/',
    'https://localhost/',
  ])('lets %s pass', (url) => expect(() => checkAddress(url, HOSTS)).not.toThrow())

  it.each([
    ['http://api.binance.com/api/v3/time', 'is not encrypted'],
    ['ws://stream.binance.com/ws', 'is not encrypted'],
    ['file:///etc/passwd', 'is not encrypted'],
    ['ftp://127.0.0.1/', 'is not encrypted'],
    ['https://api.binance.com.evil.example/', 'is not one of the hosts'],
    ['https://evil.example/?api.binance.com', 'is not one of the hosts'],
    ['https://api.binance.com@evil.example/', 'is not one of the hosts'],
    ['https://127.0.0.1.evil.example/', 'is not one of the hosts'],
    ['http://10.0.0.1/', 'is not encrypted'],
    ['https://169.254.169.254/latest', 'is not one of the hosts'],
    ['api.binance.com', 'is no address'],
    ['', 'is no address'],
  ])('refuses %s', (url, why) => expect(() => checkAddress(url, HOSTS)).toThrow(`"${url}" ${why}`))
})

it('knows an address on this machine', () => {
  expect(isLoopback('ws://127.0.0.1:1/')).toBe(true)
  expect(isLoopback('https://api.binance.com')).toBe(false)
  expect(isLoopback('nowhere')).toBe(false)
})
