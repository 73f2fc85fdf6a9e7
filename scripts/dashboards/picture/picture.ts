import { Answers, Model, PanelModel } from './data';
import { drawn } from './drawn';
import { colorOf, INK, MUTED, rect, text } from './svg';

/** The columns and lines of Grafana's grid, in pixels. */
const [COLUMN, LINE, GAP] = [50, 32, 6];
const WIDTH = 24 * COLUMN;
const HEAD = 44;
const FOOT = 26;
const NOTE = 'Drawn by the tools of this library from the queries of the dashboard and real answers. Grafana draws it in its own way.';

/** A picture of a dashboard: our own, in about the form that Grafana gives it. */
export function picture({ title, panels }: Model, answers: Answers): string {
  const height = HEAD + FOOT + LINE * Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
  const period = [answers.from, answers.to].map((time) => new Date(time * 1000).toISOString().slice(0, 16).replace('T', ' '));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"`
    + ' font-family="Inter, Helvetica, Arial, sans-serif">\n'
    + rect(0, 0, WIDTH, height, '#f4f5f6')
    + text(GAP + 6, 28, title, { size: 17, weight: 600 })
    + text(WIDTH - GAP - 6, 28, `${period[0]} to ${period[1]} UTC`, { size: 12, color: MUTED, anchor: 'end' })
    + panels.map((panel) => panel.type === 'row' ? rowTitle(panel) : framed(panel, answers)).join('')
    + text(GAP + 6, height - 9, NOTE, { color: MUTED })
    + '</svg>\n';
}

function place({ gridPos: { x, y, w, h } }: PanelModel) {
  return { x: x * COLUMN + GAP / 2, y: HEAD + y * LINE + GAP / 2, width: w * COLUMN - GAP, height: h * LINE - GAP };
}

function rowTitle(panel: PanelModel): string {
  const { x, y } = place(panel);
  return text(x + 8, y + 19, panel.title, { size: 14, weight: 600, color: colorOf('text') });
}

function framed(panel: PanelModel, answers: Answers): string {
  const { x, y, width, height } = place(panel);
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}">\n`
    + rect(0.5, 0.5, width - 1, height - 1, '#ffffff', 'rx="3" stroke="#d9dce0"')
    + text(10, 18, panel.title, { size: 12, weight: 600, color: INK })
    + drawn(panel, answers, { width, height })
    + '</svg>\n';
}
