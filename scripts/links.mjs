// Fails where a link of the project's Markdown leads to no file, or to no heading of it. Addresses of the net are let be.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (path) => join(root, path)
const read = (path) => readFileSync(at(path), 'utf8')

function markdownFiles() {
  const below = ['docs', 'src', 'bench', 'test'].flatMap((folder) =>
    readdirSync(at(folder), { recursive: true }).map((name) => `${folder}/${name}`),
  )
  return [...readdirSync(root), ...below].filter((name) => name.endsWith('.md'))
}

// What a heading is called in an address, where Markdown is shown as a page.
const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

const anchorsOf = (path) => [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading))

function linksOf(path) {
  const prose = read(path).replace(/^```.*?^```/gms, '')
  const found = prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)
  return [...found].map(([, inMarkdown, inHtml]) => inMarkdown ?? inHtml)
}

function leadsNowhere(path, link) {
  if (/^[a-z]+:/.test(link)) return false
  const [file, anchor] = link.split('#')
  const target = file === '' ? path : join(dirname(path), file)
  return !existsSync(at(target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor))
}

for (const path of markdownFiles()) {
  for (const link of linksOf(path).filter((each) => leadsNowhere(path, each))) {
    console.error(`${path} links to "${link}", which is not there`)
    process.exitCode = 1
  }
}
