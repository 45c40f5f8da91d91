// Sums the JUnit reports of the test parts: count-tests.mjs FOLDER "PART PART" "PART THAT ENDED BADLY".
// A part without a report or without a test, or one that ended badly with no failed test, counts as one failure.
// The failed tests are named again at the end, for a log may be seen from its end only.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, parts, broken] = [process.argv[2], words(process.argv[3]), words(process.argv[4])]
const total = { passed: 0, failed: 0, skipped: 0 }

for (const part of parts) {
  const counted = read(join(folder, `${part}.xml`))
  if (counted.passed + counted.failed + counted.skipped === 0 || (broken.includes(part) && counted.failed === 0)) {
    console.error(`${part}: no tests ran, or it ended badly; see above`)
    counted.failed++
  }
  for (const failure of counted.failures) console.log(`FAILED   ${failure}`)
  console.log(`${part.padEnd(8)} ${line(counted)}`)
  for (const key of Object.keys(total)) total[key] += counted[key]
}

console.log(line(total))
process.exitCode = total.failed > 0 ? 1 : 0

function read(file) {
  const counted = { passed: 0, failed: 0, skipped: 0, failures: [] }
  if (!existsSync(file)) return counted
  const report = readFileSync(file, 'utf8')
  counted.failures = failures(report)
  for (const [suite] of report.matchAll(/<testsuite\s[^>]*>/g)) {
    const count = name => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(suite)?.[1] ?? 0)
    const [failed, skipped] = [count('failures') + count('errors'), count('skipped')]
    counted.failed += failed
    counted.skipped += skipped
    counted.passed += count('tests') - failed - skipped
  }
  return counted
}

/** The failed tests of a report, each with the first of what it said. */
function failures(report) {
  return report.split('<testcase ').slice(1)
    .filter(test => /<(failure|error)[\s>]/.test(test))
    .map(test => {
      const value = name => new RegExp(`\\s${name}="([^"]*)"`).exec(` ${test}`)?.[1] ?? ''
      const [place, name] = [value('classname'), value('name')]
      return `${name.startsWith(place) ? name : `${place} ${name}`}: ${value('message').slice(0, 300)}`
    })
}

function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

function words(text) {
  return (text ?? '').split(' ').filter(word => word !== '')
}
