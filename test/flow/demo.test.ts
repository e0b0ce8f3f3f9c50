import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildCli, runCli, scratchFolder, startCli, until } from '../support/cli.ts'

beforeAll(buildCli)
const folder = scratchFolder()
const left = () => readdirSync(folder).filter((name) => name.startsWith('assayer-'))

describe('assayer demo', () => {
  it('leaves nothing behind when it is stopped while it works', async () => {
    const running = startCli(['demo'], { TMPDIR: folder })
    await until(() => running.printed().stdout.includes('Simulating'))
    expect(left()).not.toEqual([])
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 130, stderr: '' })
    expect(ended.stdout).not.toContain('http://')
    expect(left()).toEqual([])
  })

  it('names a port in use before it works', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const ended = await runCli(['demo', '--port', String(port)], { TMPDIR: folder })
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(`^error: cannot listen on 127\\.0\\.0\\.1:${port}: .*\nhint: .*--port`))
    expect(left()).toEqual([])
    await new Promise((resolve) => other.close(resolve))
  })
})
