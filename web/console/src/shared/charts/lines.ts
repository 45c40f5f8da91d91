/** One line (or set of bars) of a chart: a value for each label. */
export interface ChartLine {
  name: string;
  values: number[];
  /** Of another time, for comparison: drawn lighter and dashed. */
  faint?: boolean;
}

const LIGHT = ['#1677c8', '#c9661a', '#1f8a4c', '#a23b8c', '#6a4fd8', '#c62f2f', '#0b7f82', '#86690f', '#5a616b', '#c4427f'];
const DARK = ['#57a9ea', '#f0a35e', '#6fd093', '#e08acb', '#ab98ff', '#f08080', '#5cc9cb', '#d9bd66', '#a9b0ba', '#f29bc9'];

export function paletteOf(dark: boolean): string[] {
  return dark ? DARK : LIGHT;
}

export interface ChartLook {
  dark: boolean;
  narrow: boolean;
  text: string;
  grid: string;
  back: string;
}

// Of a phone's chart, in pixels: its width, a row of the legend, and the mark of a line with the gaps beside it.
const NARROW = 300;
const ROW = 24;
const MARK = 32;

const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 12 : 7), 0);

/** As much of a name as a legend has room for. */
export function shortened(name: string, width: number): string {
  const letters = [...name];
  while (letters.length > 1 && widthOf(letters.join('')) > width) { letters.pop(); }
  return letters.length < [...name].length ? `${letters.join('').trimEnd()}…` : name;
}

/** How many rows a phone's legend takes when none of its names is cut off at the edge; 1 where there is room, or where it is turned page by page. */
export function rowsOfLegend(names: string[], narrow: boolean): number {
  let rows = 1;
  let used = 0;
  for (const name of names) {
    const wide = MARK + widthOf(name);
    if (used > 0 && used + wide > NARROW) { rows++; used = 0; }
    used += wide;
  }

  return narrow && rows <= 3 ? rows : 1;
}

function legendOf(names: string[], look: ChartLook) {
  const shown = (name: string) => shortened(name, look.narrow ? NARROW - MARK - 60 : 300);
  const rows = rowsOfLegend(names.map(shown), look.narrow);
  return {
    rows,
    legend: {
      show: names.length > 1, type: rows > 1 ? 'plain' : 'scroll', top: 0, left: 0, textStyle: { color: look.text }, formatter: shown,
      ...(look.narrow ? { itemWidth: 16, itemGap: 8 } : {}),
      pageTextStyle: { color: look.text }, pageIconColor: look.text,
    },
  };
}

/** What ECharts is told. Pure, so that it can be tested without a canvas. */
export function optionOf(labels: string[], lines: ChartLine[], kind: 'line' | 'bar', look: ChartLook) {
  const palette = paletteOf(look.dark);
  let solid = 0;
  const colors = lines.map((line) => (line.faint ? palette[Math.max(0, solid - 1) % palette.length]! : palette[solid++ % palette.length]!));
  const { rows, legend } = legendOf(lines.map((line) => line.name), look);
  return {
    animation: false,
    color: colors,
    backgroundColor: 'transparent',
    textStyle: { color: look.text, fontFamily: 'inherit' },
    grid: { left: 8, right: look.narrow ? 12 : 20, top: lines.length > 1 ? 20 + rows * ROW : 20, bottom: 4, containLabel: true },
    legend,
    tooltip: {
      trigger: 'axis', confine: true, backgroundColor: look.back, borderColor: look.grid, textStyle: { color: look.text },
      axisPointer: { type: kind === 'bar' ? 'shadow' : 'line' },
    },
    xAxis: {
      type: 'category', data: labels, boundaryGap: kind === 'bar', axisLabel: { color: look.text, hideOverlap: true },
      axisLine: { lineStyle: { color: look.grid } }, axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { color: look.text }, splitLine: { lineStyle: { color: look.grid } } },
    series: lines.map((line) => ({
      name: line.name,
      type: kind,
      data: line.values,
      ...(kind === 'bar' ? { stack: 'all', barMaxWidth: 36 } : {
        symbol: 'circle', symbolSize: 5, showSymbol: labels.length <= 31,
        lineStyle: { width: line.faint ? 1.5 : 2.5, type: line.faint ? 'dashed' : 'solid', opacity: line.faint ? 0.7 : 1 },
        itemStyle: { opacity: line.faint ? 0.7 : 1 },
      }),
    })),
  };
}
