/** Rows as read: their line (or row) numbers, counted from 1, and their cells as text. */
export interface RawRows {
  readonly lines: readonly number[]
  readonly cells: readonly (readonly string[])[]
}

/** One table of a file: the file itself, or a member of its archive. The first row is the header where there is one. */
export interface Part {
  /** File name of the table, without folders. */
  readonly name: string
  /** What messages call it: the path, with the member for an archive. */
  readonly label: string
  /** What the numbers of its rows count. */
  readonly place: 'line' | 'row'
  readonly rows: AsyncIterable<RawRows>
}

/** How far reading is, in bytes of the file on disk. The opener of a part replaces `bytesRead`. */
export interface Meter {
  bytesRead: () => number
  readonly bytesTotal: number
}
