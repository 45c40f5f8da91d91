/** Clocks of the zone in which the system counts days, whatever the browser's; figures come with its name. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** yyyy-MM-dd HH:mm:ss */
export function secondIn(zone: string, instant: string | number | Date): string {
  return formatOf(zone).format(new Date(instant));
}

export function minuteIn(zone: string, instant: string | number | Date): string {
  return secondIn(zone, instant).slice(0, 16);
}

export function dayIn(zone: string, instant: string | number | Date): string {
  return secondIn(zone, instant).slice(0, 10);
}

/** HH:mm:ss */
export function clockIn(zone: string, instant: string | number | Date): string {
  return secondIn(zone, instant).slice(11);
}

/** How people call the zone; `t` knows 北京时间, any other goes by its own name. */
export function zoneName(zone: string, t: (key: string) => string): string {
  return zone === 'Asia/Shanghai' ? t('common.beijing') : zone;
}
