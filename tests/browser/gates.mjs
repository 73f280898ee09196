// What may be shipped to an old engine: scripts that parse as ES2017, styles without what Chrome 69 lacks (E21, E23).
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';

const UNKNOWN_TO_OLD_ENGINES = [
  [/(?<![-\w])(?:row-|column-)?gap\s*:/, 'gap (flex)'], [/\b(?:clamp|min|max)\s*\(/, 'clamp()/min()/max()'], [/(?<![-\w])inset\s*:/, 'inset'],
  [/:(?:is|where|has|focus-visible)\b/, ':is/:where/:has/:focus-visible'], [/aspect-ratio\s*:/, 'aspect-ratio'], [/@layer\b/, '@layer'],
  [/@container\b/, 'container queries'], [/(?:margin|padding|border)-(?:inline|block)\b/, 'logical properties'],
];

export function scriptComplaints(name, source) {
  try {
    parse(source, { ecmaVersion: 2017, sourceType: 'script' });
    return [];
  } catch (problem) {
    return [`E23: ${name} is not ES2017: ${problem.message}`];
  }
}

export function styleComplaints(name, source) {
  const css = source.replace(/\/\*[\s\S]*?\*\//g, '');
  const complaints = [];
  for (const [pattern, what] of UNKNOWN_TO_OLD_ENGINES) {
    // Grid may have gaps: Chrome 66 knows them there.
    for (const rule of css.split('}')) {
      if (pattern.test(rule) && !(what === 'gap (flex)' && /display\s*:\s*(inline-)?grid/.test(rule))) complaints.push(`E23: ${name} uses ${what}: ${rule.trim().slice(0, 60)}`);
    }
  }
  // Nesting: a selector inside a rule that is not an at-rule.
  let depth = 0, at = [];
  for (const piece of css.split(/([{}])/)) {
    if (piece === '{') depth++;
    else if (piece === '}') { depth--; at.pop(); }
    else if (piece.trim()) {
      const prelude = piece.split(';').pop().trim();
      if (depth > 0 && at.length === depth && !at[depth - 1] && /[&.#>]\s*[\w-]+\s*$/.test(prelude) && !prelude.includes(':')) complaints.push(`E23: ${name} nests “${prelude.slice(0, 40)}”`);
      at[depth] = /@(media|supports|keyframes)/.test(prelude);
    }
  }
  return complaints;
}

export const gz = (body) => gzipSync(body, { level: 6 }).length;

// E21, from the answers that one page load collected.
export function weightComplaints(path, answers) {
  const of = (kind) => answers.filter((a) => a.kind === kind).reduce((sum, a) => sum + gz(a.body), 0);
  const html = of('document'), css = of('stylesheet'), js = of('script'), all = answers.reduce((sum, a) => sum + gz(a.body), 0);
  return [['HTML', html, 14], ['CSS', css, 10], ['JS', js, 45], ['first view', all, 60]]
    .filter(([, bytes, limit]) => bytes > limit * 1024)
    .map(([what, bytes, limit]) => `E21: ${path}: ${what} ${(bytes / 1024).toFixed(1)} KB, limit ${limit} KB`);
}
