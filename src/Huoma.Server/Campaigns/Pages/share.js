const jweixin = document.getElementById('jweixin');
if (jweixin) {
  const tell = () => {
    const { app, time, nonce, signature, title, desc, link, image } = jweixin.dataset;
    wx.config({
      appId: app, timestamp: Number(time), nonceStr: nonce, signature,
      jsApiList: ['updateAppMessageShareData', 'updateTimelineShareData'],
    });
    // Once, and with the final texts: some versions take no second time.
    wx.ready(() => {
      wx.updateAppMessageShareData({ title, desc, link, imgUrl: image });
      wx.updateTimelineShareData({ title, link, imgUrl: image });
    });
  };
  if (window.wx) tell(); else jweixin.addEventListener('load', tell);
}
