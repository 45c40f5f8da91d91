// Stands in for WeChat's script (JS-SDK): asks the simulator whether the page is signed as it should be, and shows the card a chat would.
window.wx = (() => {
  const waiting = [];
  let state = 'new';
  let last = {};

  function show(text, card) {
    const box = document.getElementById('sim-card') ?? document.body.appendChild(document.createElement('aside'));
    box.id = 'sim-card';
    Object.assign(box.style, { margin: '12px 16px', padding: '12px', borderRadius: '8px', background: '#fff', color: '#191919', fontSize: '14px', overflowWrap: 'anywhere' });
    box.replaceChildren(document.createTextNode(text));
    if (!card) return;
    for (const [tag, value] of [['b', card.title], ['p', card.desc], ['small', card.link]]) {
      const part = document.createElement(tag);
      part.style.display = 'block';
      part.textContent = value ?? '';
      box.append(part);
    }
    const image = document.createElement('img');
    image.src = new URL(card.imgUrl).pathname;
    image.alt = '';
    image.width = 60;
    box.append(image);
  }

  return {
    async config(options) {
      // In the frame of one of the simulator's phones the address begins with the phone's.
      const url = location.href.split('#')[0].replace(/\/sim\/web\/[^/]+\//, '/');
      const answer = await fetch('/sim/api/js-config', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Huoma-Simulator': '1' },
        body: JSON.stringify({ ...options, url }),
      });
      const verdict = await answer.json();
      state = verdict.ok ? 'ready' : 'failed';
      document.documentElement.dataset.wx = verdict.errMsg;
      if (verdict.ok) waiting.splice(0).forEach(act => act()); else show(`JS-SDK ${verdict.errMsg}`);
    },
    ready(act) { if (state === 'ready') act(); else waiting.push(act); },
    error() {},
    updateAppMessageShareData(card) { last = card; show('分享给朋友时的卡片（模拟器）', card); card.success?.(); },
    updateTimelineShareData(card) { if (!last.title) show('分享到朋友圈时的卡片（模拟器）', card); card.success?.(); },
  };
})();
