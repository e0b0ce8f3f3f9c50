import { array, assert, asyncProperty, constantFrom, nat, string } from 'fast-check'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { delimiterOf, readCsv } from './readCsv.ts'

async function* chunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function rowsOf(text: string, size = 7): Promise<{ lines: number[]; cells: (readonly string[])[] }> {
  const lines: number[] = []
  const cells: (readonly string[])[] = []
  for await (const rows of readCsv(chunks(text, size), 'a.csv')) {
    lines.push(...rows.lines)
    cells.push(...rows.cells)
  }
  return { lines, cells }
}

describe('readCsv', () => {
  it('cuts lines into cells, counts lines from 1 and leaves blank ones out', async () => {
    expect(await rowsOf('a,b\n\n1,2\n  \n3,\n\n')).toEqual({
      lines: [1, 3, 5],
      cells: [
        ['a', 'b'],
        ['1', '2'],
        ['3', ''],
      ],
    })
  })

  it('takes line ends of Windows, and a last line without end', async () => {
    expect((await rowsOf('a,b\r\n1,2\r\n3,4')).cells).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('reads quoted cells, with delimiters, quotes and line ends inside', async () => {
    expect(await rowsOf('a,b\n1,2\n"x,y","say ""hi"""\n"two\nlines",5\n6,7\n')).toEqual({
      lines: [1, 2, 3, 5, 6],
      cells: [
        ['a', 'b'],
        ['1', '2'],
        ['x,y', 'say "hi"'],
        ['two\nlines', '5'],
        ['6', '7'],
      ],
    })
  })

  it('reads a quoted header', async () => {
    expect((await rowsOf('"a";"b,c"\n"1";"2"\n')).cells).toEqual([
      ['a', 'b,c'],
      ['1', '2'],
    ])
  })

  it('refuses a quote that is never closed, and names its line', async () => {
    await expect(rowsOf('a,b\n1,2\n"3,4\n5,6\n')).rejects.toMatchObject({
      code: 'DAMAGED_FILE',
      message: expect.stringMatching(/line [345]/),
    })
  })

  it('refuses a line without end', async () => {
    await expect(rowsOf('x'.repeat(3 << 20), 1 << 16)).rejects.toThrow('no end of line')
  })

  it.each([
    ['a,b,c', ','],
    ['date;"a,b,c";close', ';'],
    ['a\tb', '\t'],
    ['\n\na|b', '|'],
    ['a', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter)
  })

  it('gives what csv-parse gives, wherever the text is cut and quoted', async () => {
    const cell = string({ unit: constantFrom('a', '1', '.', ' ', ',', '"', '\n', 'ü', '币'), maxLength: 4 })
    const written = (value: string): string => (/[",\n]|^\s*$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
    const rows = array(array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 8 })
    await assert(
      asyncProperty(rows, nat(20), async (table, size) => {
        const text = ['h,i,j', ...table.map((row) => row.map(written).join(','))].join('\n')
        const expected = parse(text, { relax_column_count: true, skip_empty_lines: true })
        expect((await rowsOf(text, size + 1)).cells).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
