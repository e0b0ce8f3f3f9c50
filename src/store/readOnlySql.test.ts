import { describe, expect, it } from 'vitest'
import { readOnlySql, StoreReadOnlyError } from './readOnlySql.ts'

describe('readOnlySql', () => {
  it('lets a query pass as it is, whatever its texts and quoted names hold', () => {
    const queries = [
      'select 1',
      '  with 1 as x\nSELECT x, {a:Array(String)}[1] from `import` final where (a = 1) order by number limit 1 by a',
      "select 'settings; format -- /* # into outfile ä ‘’ $$' as a, 'it''s \\' ;' as b",
      'select "settings", `for``mat;` from t',
      'select formatDateTime(at, 1), file_name, outfiles from files',
    ]
    for (const sql of queries) expect(readOnlySql(sql)).toBe(sql)
  })

  it('refuses every statement but SELECT and WITH', () => {
    const others = [
      '',
      'insert into t values (1)',
      'drop table t',
      '(select 1)',
      'selected',
      '/* select */ drop table t',
      'explain select 1',
    ]
    for (const sql of others) expect(() => readOnlySql(sql)).toThrow(StoreReadOnlyError)
  })

  it('refuses what gets round the readonly of the engine, however it is spelt', () => {
    const ways = [
      "select 1 into outfile '/tmp/x'",
      "select 1 INTO\nOutFile '/tmp/x'",
      'select * from (select 1 settings readonly = 0)',
      'select 1 where 1settings readonly = 0',
      'select 1 format TSV',
      "select file('/etc/hostname')",
      "select file ('/etc/hostname')",
      "select `file`('/etc/hostname')",
      "select arrayMap(file, ['/etc/hostname'])",
      'select "fi\\x6ce" (\'/etc/hostname\')',
      'select 1; select 2',
    ]
    for (const sql of ways) expect(() => readOnlySql(sql)).toThrow(StoreReadOnlyError)
  })

  it('refuses whatever could hide such a thing: comments, other quotes, a quote that is not closed', () => {
    const ways = [
      "select 1 /*'*/ into outfile 'x' /*'*/",
      "select 1 --'\n into outfile 'x' --'",
      "select 1 #'\n into outfile 'x'",
      "select $x$'$x$ into outfile 'x'",
      "select ‘'’ into outfile 'x'",
      "select 'a\\\\' into outfile 'x",
      "select 'open",
      'select `open',
    ]
    for (const sql of ways) expect(() => readOnlySql(sql)).toThrow(StoreReadOnlyError)
  })

  it('names what it refuses', () => {
    expect(() => readOnlySql('select  1\n; drop table t')).toThrow('"select 1 ; drop table t" has ";"')
    expect(() => readOnlySql('drop table t')).toThrow('"drop table t" is no SELECT')
  })
})
