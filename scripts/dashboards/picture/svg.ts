/** Colors of Grafana by their names, on white. */
const COLORS: Record<string, string> = {
  green: '#2a8f57', yellow: '#c99a00', orange: '#e8832a', red: '#d12f3c', blue: '#3874d4', purple: '#8558cf', text: '#4f5864',
};

/** The colors of series that have no meaning of their own. */
export const PALETTE = ['#3874d4', '#e0752d', '#2a8f57', '#8558cf', '#c2357a', '#0d96a0', '#b08800', '#6b7280'];

export const INK = '#1f2328';
export const MUTED = '#69717b';
export const GRID = '#e6e8eb';

export function colorOf(name: string): string {
  return COLORS[name] ?? name;
}

export interface TextOptions {
  readonly size?: number;
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
}

export function text(x: number, y: number, content: string, options: TextOptions = {}): string {
  const { size = 11, color = INK, anchor = 'start', weight = 400 } = options;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${color}" text-anchor="${anchor}" font-weight="${weight}">`
    + `${escaped(content)}</text>\n`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"${more && ` ${more}`}/>\n`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, more = ''): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}"${more && ` ${more}`}/>\n`;
}

/** One decimal: more are not seen, and differ between machines. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** About how wide a text is. */
export function widthOf(content: string, size = 11): number {
  return content.length * size * 0.56;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
