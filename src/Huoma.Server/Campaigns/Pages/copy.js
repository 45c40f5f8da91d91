for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const node = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(node.textContent.trim());
    } catch {
      const range = document.createRange();
      range.selectNodeContents(node);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand('copy');
    }
    button.textContent = button.dataset.done;
  });
}
