// Lays out one family with each peer that is installed and prints, as JSON, whom it drew and the line pieces it drew.
// Input (stdin): {"root": id, "people": [{id, gender: "M"|"F", parents: [], spouses: [], children: [], siblings: []}]}
import { readFileSync } from 'node:fs'
import { register } from 'node:module'

register('./hooks.mjs', import.meta.url)

const family = JSON.parse(readFileSync(0, 'utf8'))
const out = {}

async function measure (name, run) {
  try {
    const started = process.hrtime.bigint()
    const drawn = await run()
    drawn.seconds = Number(drawn.finished - started - drawn.loading) / 1e9
    delete drawn.finished
    delete drawn.loading
    out[name] = drawn
  } catch (error) {
    out[name] = { error: error.code === 'ERR_MODULE_NOT_FOUND' ? 'not installed' : String(error.message).slice(0, 200) }
  }
}

async function load (name) {
  const before = process.hrtime.bigint()
  const module = await import(name)
  return { module, loading: process.hrtime.bigint() - before }
}

await measure('relatives-tree', async () => {
  const { module, loading } = await load('relatives-tree')
  const calcTree = typeof module.default === 'function' ? module.default : module.default.default
  const nodes = family.people.map(p => ({
    id: p.id,
    gender: p.gender === 'M' ? 'male' : 'female',
    parents: p.parents.map(id => ({ id, type: 'blood' })),
    children: p.children.map(id => ({ id, type: 'blood' })),
    siblings: p.siblings.map(id => ({ id, type: 'blood' })),
    spouses: p.spouses.map(id => ({ id, type: 'married' }))
  }))
  const tree = calcTree(nodes, { rootId: family.root })
  const finished = process.hrtime.bigint()
  return {
    finished,
    loading,
    people: tree.nodes.map(n => ({ id: n.id, x: n.left + 1, y: n.top + 1 })),
    lines: tree.connectors.map(c => [...c]),
    width: tree.canvas.width / 2
  }
})

await measure('family-chart', async () => {
  const { module, loading } = await load('family-chart')
  const f3 = module.default ?? module
  const calculate = module.calculateTree ?? f3.calculateTree ?? f3.CalculateTree
  const data = family.people.map(p => ({
    id: p.id,
    data: { gender: p.gender },
    rels: { parents: p.parents, spouses: p.spouses, children: p.children }
  }))
  const options = { main_id: family.root, node_separation: 1, level_separation: 1, show_siblings_of_main: true, single_parent_empty_card: false }
  const tree = calculate === f3.CalculateTree && !f3.calculateTree ? calculate({ data, ...options }) : calculate(data, options)
  const finished = process.hrtime.bigint()
  const at = tree.data.map(d => ({ id: d.data.id, x: d.x, y: d.y, key: d.tid ?? d.data.id }))
  return { finished, loading, people: at, lines: elbows(at), width: tree.dim.width }
})

// family-chart draws its links while rendering in a browser: an elbow from the middle of the parents to each child,
// turning half way between the two rows. One bar for all the children of the same parents.
function elbows (people) {
  const first = new Map()
  for (const p of people) if (!first.has(p.id)) first.set(p.id, p)
  const lines = []
  const families = new Map()
  for (const p of family.people) {
    const parents = p.parents.filter(id => first.has(id)).sort()
    if (!first.has(p.id) || !parents.length) continue
    const key = parents.join('+')
    if (!families.has(key)) families.set(key, { parents, children: [] })
    families.get(key).children.push(first.get(p.id))
  }
  for (const { parents, children } of families.values()) {
    const x = parents.reduce((sum, id) => sum + first.get(id).x, 0) / parents.length
    const y = Math.max(...parents.map(id => first.get(id).y))
    const middle = (y + Math.max(...children.map(c => c.y))) / 2
    const xs = [x, ...children.map(c => c.x)]
    lines.push([x, y, x, middle], [Math.min(...xs), middle, Math.max(...xs), middle])
    for (const c of children) lines.push([c.x, middle, c.x, c.y])
  }
  for (const p of family.people) {
    for (const id of p.spouses) {
      if (p.id < id && first.has(id) && first.has(p.id)) {
        lines.push([first.get(p.id).x, first.get(p.id).y, first.get(id).x, first.get(id).y])
      }
    }
  }
  return lines
}

process.stdout.write(JSON.stringify(out))
