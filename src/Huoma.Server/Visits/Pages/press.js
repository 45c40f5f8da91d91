// A long press on the QR is reported once a gesture. WeChat's own menu takes the touch away (touchcancel on iOS, contextmenu on Android),
// so each of the three signals alone is enough. The page works without this file; only the count is missing then.
(function () {
  var qr = document.getElementById('qr');
  var holdMs = 500, cancelMs = 350, slop = 12;
  var start = null, timer = 0, counted = false, pressed = false;

  function report() {
    if (counted) return;
    counted = pressed = true;
    var id = Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
    var body = qr.dataset.press + '\n' + id;
    var url = '/q/' + qr.dataset.key + '/press';
    var tries = 0;
    function beacon() {
      if (navigator.sendBeacon) navigator.sendBeacon(url, body);
    }
    function send() {
      tries++;
      fetch(url, { method: 'POST', body: body, keepalive: true, credentials: 'same-origin', headers: { 'Content-Type': 'text/plain' } })
        .then(function (answer) { if (answer.status >= 500) again(); }, again);
    }
    // The press id makes a repeat harmless, so when in doubt it is sent again.
    function again() {
      if (tries < 3) setTimeout(send, 400 * tries + Math.random() * 400); else beacon();
    }
    if (window.fetch) send(); else beacon();
  }

  function far(touch) {
    return Math.abs(touch.clientX - start.x) > slop || Math.abs(touch.clientY - start.y) > slop;
  }
  function end() {
    clearTimeout(timer);
    start = null;
  }

  qr.addEventListener('touchstart', function (event) {
    end();
    counted = false;
    if (event.touches.length !== 1) return;
    start = { x: event.touches[0].clientX, y: event.touches[0].clientY, at: Date.now() };
    timer = setTimeout(report, holdMs);
  }, { passive: true });
  qr.addEventListener('touchmove', function (event) {
    if (start && (event.touches.length !== 1 || far(event.touches[0]))) end();
  }, { passive: true });
  qr.addEventListener('touchend', end, { passive: true });
  qr.addEventListener('touchcancel', function () {
    if (start && Date.now() - start.at >= cancelMs) report();
    end();
  }, { passive: true });
  // With a mouse (WeChat on a computer) there is no touch before it.
  qr.addEventListener('contextmenu', function () {
    if (!start) counted = false;
    report();
  });

  function expire(why) {
    var box = document.getElementById('expired');
    if (why) box.firstChild.textContent = why;
    box.hidden = false;
    document.getElementById('hint').hidden = true;
    qr.parentNode.hidden = true;
  }
  // The page was made within the hour that began at `hour`. A phone whose clock says otherwise is wrong, and is not believed.
  var hour = Number(qr.dataset.hour), now = Date.now();
  var isRight = now > hour - 60000 && now < hour + 3660000;
  var left = Number(qr.dataset.expires) - (isRight ? now : hour);
  if (left < 2147483647) setTimeout(expire, Math.max(0, left));
  // Who has not pressed in time leaves his seat to another (座位租约).
  if (qr.dataset.lease) setTimeout(function () { if (!pressed) expire(qr.dataset.released); }, qr.dataset.lease * 60000);

  var copy = document.getElementById('copy');
  if (copy) {
    copy.hidden = false;
    copy.addEventListener('click', function () {
      var text = document.getElementById('support');
      function done() { copy.textContent = '已复制'; }
      function select() {
        getSelection().selectAllChildren(text);
        if (document.execCommand('copy')) done();
      }
      if (navigator.clipboard) navigator.clipboard.writeText(text.textContent).then(done, select); else select();
    });
  }
})();
