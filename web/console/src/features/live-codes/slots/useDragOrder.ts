import { onScopeDispose, ref, type Ref } from 'vue';

/** Dragging rows by a handle, with mouse, pen or finger; the rows move under way, `drop` comes once at the end. */
export function useDragOrder(list: Ref<HTMLElement | undefined>, move: (from: number, to: number) => void, drop: () => void) {
  /** The row being dragged; null when none is. */
  const dragging = ref<number | null>(null);

  function rows(): HTMLElement[] {
    return Array.from(list.value?.children ?? []) as HTMLElement[];
  }

  function grasp(event: PointerEvent, index: number): void {
    if (event.button !== 0) return;
    event.preventDefault();
    dragging.value = index;
    window.addEventListener('pointermove', drag);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
  }

  function drag(event: PointerEvent): void {
    const from = dragging.value;
    if (from === null) return;
    const to = rows().findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY < (top + bottom) / 2 + (bottom - top) * 0.25 && event.clientY > top;
    });
    scrollNearEdge(event.clientY);
    if (to < 0 || to === from) return;
    // Only past the neighbour's middle, or rows of different height would jump to and fro.
    const { top, bottom } = rows()[to]!.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    if ((to > from && event.clientY < middle) || (to < from && event.clientY > middle)) return;
    move(from, to);
    dragging.value = to;
  }

  function scrollNearEdge(y: number): void {
    if (y < 90) window.scrollBy(0, -12);
    else if (y > window.innerHeight - 60) window.scrollBy(0, 12);
  }

  function release(): void {
    window.removeEventListener('pointermove', drag);
    window.removeEventListener('pointerup', release);
    window.removeEventListener('pointercancel', release);
    if (dragging.value === null) return;
    dragging.value = null;
    drop();
  }

  onScopeDispose(release);
  return { dragging, grasp };
}
